using Microsoft.EntityFrameworkCore;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The tables of policy within the model of schema <c>access</c>.</summary>
internal static class PolicyTables
{
    /// <summary>Those whose every change counts at the next request.</summary>
    private static readonly string[] Watched =
    [
        "sharing_agreement", "role_rule", "policy_setting", "sensitive_set", "sensitive_member", "national_code", "national_inclusion",
    ];

    /// <summary>
    /// The version of policy, moved by the database itself, so that no path of change can forget it. Schema access stays on the
    /// coordinator when the record is distributed, so triggers are allowed here (docs/decisions).
    /// </summary>
    internal static readonly string VersionTriggers = $"""
        insert into access.policy_version (id, version) values (1, 1) on conflict do nothing;
        create or replace function access.policy_changed() returns trigger language plpgsql
            security definer set search_path = pg_catalog as
        $$ begin update access.policy_version set version = version + 1; return null; end $$;
        {string.Join('\n', Watched.Select(table => $"""
            create or replace trigger policy_changed after insert or update or delete or truncate on access.{table}
                for each statement execute function access.policy_changed();
            """))}
        """;

    internal static void Add(ModelBuilder model)
    {
        model.Entity<SharingAgreementRow>(row =>
        {
            row.ToTable("sharing_agreement");
            row.Property(a => a.Id).ValueGeneratedNever();
            row.HasOne<OrganisationRow>().WithMany().HasForeignKey(a => a.SourceOrg).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<OrganisationRow>().WithMany().HasForeignKey(a => a.ConsumerOrg).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(a => new { a.SourceOrg, a.ConsumerOrg, a.Category, a.Purpose });
        });
        model.Entity<RoleRuleRow>(row => Plain(row, "role_rule", r => r.Id));
        model.Entity<PolicySettingRow>(row => Plain(row, "policy_setting", r => r.Id));
        model.Entity<SensitiveSetRow>(row => Plain(row, "sensitive_set", r => r.Id));
        model.Entity<SensitiveMemberRow>(row =>
        {
            row.ToTable("sensitive_member");
            row.HasKey(m => new { m.Key, m.SetId });
            row.HasOne<SensitiveSetRow>().WithMany().HasForeignKey(m => m.SetId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OptOutRow>(row =>
        {
            Plain(row, "opt_out", r => r.Id);
            row.HasIndex(o => o.NhsNumber);
        });
        model.Entity<RestrictedPersonRow>(row =>
        {
            Plain(row, "restricted_person", r => r.Id);
            row.HasIndex(o => o.NhsNumber);
        });
        model.Entity<NationalCodeRow>(row => row.ToTable("national_code").HasKey(c => new { c.Code, c.Permission }));
        model.Entity<NationalInclusionRow>(row => row.ToTable("national_inclusion").HasKey(c => new { c.Code, c.Includes }));
        model.Entity<PolicyVersionRow>(row =>
        {
            row.ToTable("policy_version");
            row.Property(v => v.Id).ValueGeneratedNever();
        });
        model.Entity<DeclarationRow>(row =>
        {
            Plain(row, "declaration", r => r.Id);
            row.HasIndex(d => new { d.SessionId, d.PersonId });
            row.HasOne<SessionRow>().WithMany().HasForeignKey(d => d.SessionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AlertRow>(row =>
        {
            Plain(row, "alert", r => r.Id);
            row.HasIndex(a => new { a.OrganisationCode, a.RaisedAt });
            row.Property(a => a.Number).UseIdentityAlwaysColumn();
            row.HasIndex(a => a.Once).IsUnique();
            row.HasIndex(a => a.AccountId);
        });
    }

    private static void Plain<TRow>(
        Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<TRow> row, string name,
        System.Linq.Expressions.Expression<Func<TRow, Guid>> id)
        where TRow : class
    {
        row.ToTable(name);
        row.Property(id).ValueGeneratedNever();
    }
}

using Microsoft.EntityFrameworkCore;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The tables of the privacy officers, and what the portal may do with them.</summary>
internal static class PrivacyTables
{
    /// <summary>The portal hears of the watch only what it raised, and of the audit only what a note asked for.</summary>
    internal const string Rights = $"""
        grant select on access.watch_rule, access.watched_person, access.alert_step to {DatabaseRoles.Portal};
        grant insert on access.watched_person, access.alert_step to {DatabaseRoles.Portal};
        grant update (valid_to, ended_by, ended_why) on access.watched_person to {DatabaseRoles.Portal};
        """;

    internal static void Describe(ModelBuilder model)
    {
        model.Entity<WatchRuleRow>(row =>
        {
            row.ToTable("watch_rule");
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Limits).HasColumnType("jsonb");
        });
        model.Entity<WatchedPersonRow>(row =>
        {
            row.ToTable("watched_person");
            row.Property(p => p.Id).ValueGeneratedNever();
            row.HasIndex(p => p.NhsNumber);
        });
        model.Entity<StaffKeyRow>(row =>
        {
            row.ToTable("staff_key");
            row.HasKey(k => new { k.Hash, k.OrganisationCode, k.Subject, k.Kind });
        });
        model.Entity<StaffSaltRow>(row =>
        {
            row.ToTable("staff_salt");
            row.Property(s => s.Id).ValueGeneratedNever();
        });
        model.Entity<WatchPlaceRow>(row => row.ToTable("watch_place").HasKey(p => p.Chain));
        model.Entity<WatchPaceRow>(row => row.ToTable("watch_pace").HasKey(p => p.Role));
        model.Entity<AlertStepRow>(row =>
        {
            row.ToTable("alert_step");
            row.HasKey(s => new { s.AlertId, s.Step });
            row.HasOne<AlertRow>().WithMany().HasForeignKey(s => s.AlertId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The tables of schema <c>access</c>, for migrations; they are read and written in SQL.</summary>
internal sealed class AccessTables(DbContextOptions<AccessTables> options) : DbContext(options)
{
    private const string Name = "access";

    internal static DbContextOptions<AccessTables> Options(string connectionString) =>
        new DbContextOptionsBuilder<AccessTables>()
            .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("migration", Name))
            .UseSnakeCaseNamingConvention()
            .Options;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Name);
        modelBuilder.Entity<OrganisationRow>(row =>
        {
            row.ToTable("organisation");
            row.HasKey(o => o.Code);
        });
        modelBuilder.Entity<AccountRow>(row =>
        {
            row.ToTable("account");
            row.Property(a => a.Id).ValueGeneratedNever();
            row.HasIndex(a => new { a.Subject, a.Issuer, a.OrganisationCode }).IsUnique();
            row.HasOne<OrganisationRow>().WithMany().HasForeignKey(a => a.OrganisationCode).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<TeamRow>(row =>
        {
            row.ToTable("team");
            row.Property(t => t.Id).ValueGeneratedNever();
            row.HasIndex(t => t.OrganisationCode);
            row.HasOne<OrganisationRow>().WithMany().HasForeignKey(t => t.OrganisationCode).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<ProposalRow>(row =>
        {
            row.ToTable("proposal");
            row.Property(p => p.Id).ValueGeneratedNever();
            row.HasIndex(p => new { p.OrganisationCode, p.AskedAt });
            row.HasOne<OrganisationRow>().WithMany().HasForeignKey(p => p.OrganisationCode).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SessionRow>(row =>
        {
            row.ToTable("session");
            row.Property(s => s.Id).ValueGeneratedNever();
            row.HasOne<AccountRow>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SessionRow>().HasIndex(s => new { s.Issuer, s.ProviderSession });
        modelBuilder.Entity<SessionRow>().HasIndex(s => new { s.Subject, s.Issuer });
        modelBuilder.Entity<LogoutTokenRow>(row => row.ToTable("logout_token").HasKey(t => new { t.Issuer, t.TokenId }));
        modelBuilder.Entity<ProtectionKeyRow>(row => row.ToTable("protection_key").HasKey(k => k.Id));
        modelBuilder.Entity<AuditRow>(row =>
        {
            row.ToTable("audit");
            row.HasKey(a => a.Seq);
            row.Property(a => a.Seq).UseIdentityAlwaysColumn();
            row.HasIndex(a => new { a.Chain, a.Link }).IsUnique();
            row.HasIndex(a => new { a.PersonId, a.OccurredAt });
            row.HasIndex(a => new { a.AccountId, a.OccurredAt });
            row.HasIndex(a => a.Found).HasMethod("gin");
        });
        PolicyTables.Add(modelBuilder);
        modelBuilder.Entity<ShownRow>(row =>
        {
            row.ToTable("audit_shown");
            row.HasKey(s => new { s.AuditSeq, s.Part });
            row.HasIndex(s => new { s.Chain, s.Link }).IsUnique();
        });
        modelBuilder.Entity<AuditHeadRow>(row => row.ToTable("audit_head").HasKey(h => h.Chain));
        OwnTables.Describe(modelBuilder);
        PrivacyTables.Describe(modelBuilder);
    }
}

/// <summary>For <c>dotnet ef migrations</c> only; it never connects.</summary>
internal sealed class AccessTablesAtDesign : IDesignTimeDbContextFactory<AccessTables>
{
    public AccessTables CreateDbContext(string[] args) => new(AccessTables.Options("Host=design"));
}

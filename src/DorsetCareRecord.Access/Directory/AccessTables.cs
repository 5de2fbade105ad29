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
            row.HasIndex(a => new { a.Issuer, a.Subject }).IsUnique();
            row.HasOne<OrganisationRow>().WithMany().HasForeignKey(a => a.OrganisationCode).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SessionRow>(row =>
        {
            row.ToTable("session");
            row.Property(s => s.Id).ValueGeneratedNever();
            row.HasOne<AccountRow>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<ProtectionKeyRow>(row => row.ToTable("protection_key").HasKey(k => k.Id));
        modelBuilder.Entity<AuditRow>(row =>
        {
            row.ToTable("audit");
            row.HasKey(a => a.Seq);
            row.Property(a => a.Seq).UseIdentityAlwaysColumn();
            row.Property(a => a.OccurredAt).HasDefaultValueSql("clock_timestamp()");
            row.HasIndex(a => new { a.PersonId, a.Seq });
            row.HasIndex(a => new { a.AccountId, a.Seq });
        });
        modelBuilder.Entity<ShownRow>(row => row.ToTable("audit_shown").HasKey(s => new { s.AuditSeq, s.Part }));
    }
}

/// <summary>For <c>dotnet ef migrations</c> only; it never connects.</summary>
internal sealed class AccessTablesAtDesign : IDesignTimeDbContextFactory<AccessTables>
{
    public AccessTables CreateDbContext(string[] args) => new(AccessTables.Options("Host=design"));
}

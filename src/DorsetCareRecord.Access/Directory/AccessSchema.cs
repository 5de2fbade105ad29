using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The tables of schema <c>access</c>: who may look, who is looking, and who looked at what.</summary>
public sealed class AccessSchema(DbContextOptions<AccessSchema> options) : DbContext(options)
{
    internal const string Name = "access";

    /// <summary>Any number, the same in every process: it orders those who migrate one database.</summary>
    private const long Lock = 0x0DC2_ACCE55;

    internal DbSet<OrganisationRow> Organisations => Set<OrganisationRow>();
    internal DbSet<AccountRow> Accounts => Set<AccountRow>();

    /// <summary>
    /// Brings the schema up to date as its owner, makes the two database roles, and gives the portal exactly its rights.
    /// Idempotent, and safe to run from several processes at once. Run it after the worker's migrations, whose tables the
    /// rights are about; run again whenever those change.
    /// </summary>
    /// <param name="connectionString">Of the owner.</param>
    /// <param name="passwords">Given to the roles when stated; a role without one cannot sign in by password.</param>
    public static async Task MigrateAsync(string connectionString, RolePasswords? passwords = null, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using (var one = new NpgsqlCommand($"select pg_advisory_lock({Lock})", connection))
            await one.ExecuteNonQueryAsync(cancel);

        await using (var context = new AccessSchema(Options(connectionString)))
            await context.Database.MigrateAsync(cancel);
        await DatabaseRoles.EnsureAsync(connection, passwords ?? new RolePasswords(null, null), cancel);

        await using var done = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", connection);
        await done.ExecuteNonQueryAsync(cancel);
    }

    internal static DbContextOptions<AccessSchema> Options(string connectionString) =>
        new DbContextOptionsBuilder<AccessSchema>()
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

/// <summary>Passwords for the two roles; null leaves a role's password as it is.</summary>
public sealed record RolePasswords(string? Portal, string? Worker)
{
    /// <summary>Says neither: passwords do not belong in logs.</summary>
    public override string ToString() => "passwords of the database roles";
}

/// <summary>For <c>dotnet ef migrations</c> only; it never connects.</summary>
internal sealed class AccessSchemaAtDesign : IDesignTimeDbContextFactory<AccessSchema>
{
    public AccessSchema CreateDbContext(string[] args) => new(AccessSchema.Options("Host=design"));
}

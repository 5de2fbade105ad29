using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>The schema <c>record</c>: its name, its roles, its migration.</summary>
public static class RecordSchema
{
    public const string Name = "record";

    /// <summary>The worker's role: reads and writes the record.</summary>
    public const string WorkerRole = "dcr_worker";

    /// <summary>The portal's role: reads the record.</summary>
    public const string PortalRole = "dcr_portal";

    /// <summary>Channel of changes; payload <c>{person id}:{section numbers, comma separated}</c>.</summary>
    public const string Channel = "record_changed";

    /// <summary>Any number that no other user of advisory locks in this database takes ("record" in ASCII).</summary>
    private const long MigrationLock = 0x7265636F7264;

    /// <summary>
    /// Brings the schema to the newest version and creates the two roles if missing; run as the owner. Safe to run twice
    /// and from several processes at once: they wait for each other on a lock.
    /// </summary>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellation = default)
    {
        // Not pooled: an idle connection would keep a template database from being cloned.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }; // whoever is before us takes as long as migrations take
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({MigrationLock})", cancellation);
        try
        {
            await ExecuteAsync(connection, $"create schema if not exists {Name}", cancellation);
            await using var context = new RecordContext(Options(o => o.UseNpgsql(connection, History)));
            await context.Database.MigrateAsync(cancellation);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    /// <summary>The connection string with the search path every statement of this room relies on.</summary>
    public static string WithSearchPath(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Name }.ConnectionString;

    internal static void History(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.MigrationsHistoryTable("__ef_migrations", Name);

    internal static DbContextOptions<RecordContext> Options(Action<DbContextOptionsBuilder> provider)
    {
        var options = new DbContextOptionsBuilder<RecordContext>();
        provider(options);
        options.UseSnakeCaseNamingConvention();
        return options.Options;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

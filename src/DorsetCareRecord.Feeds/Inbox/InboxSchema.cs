using DorsetCareRecord.Feeds.Inbox.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>Schema <c>inbox</c> and who may do what in it.</summary>
public static class InboxSchema
{
    /// <summary>Held while migrating, so that two migrations of one database queue up. "DCRI" in ASCII.</summary>
    private const long MigrationLock = 0x44435249;

    /// <summary>
    /// Brings the schema up to date, as the owner; safe to call at any time and from several processes. Creates the roles when
    /// missing and gives them the passwords, by default those of the environment.
    /// </summary>
    public static async Task MigrateAsync(
        string connectionString, RolePasswords? passwords = null, CancellationToken cancellation = default)
    {
        // Not pooled: a connection left idle would keep a template database from being cloned.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }; // whoever is before us takes as long as migrations take
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await RunAsync(connection, $"select pg_advisory_lock({MigrationLock})", cancellation);

        await Roles.EnsureAsync(connection, passwords ?? RolePasswords.FromEnvironment(), cancellation);
        await using (var migrations = new InboxMigrations(InboxMigrations.Options(o => o.UseNpgsql(connection, InboxMigrations.History))))
            await migrations.Database.MigrateAsync(cancellation);
        await RunAsync(connection, "select inbox.add_partitions()", cancellation);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

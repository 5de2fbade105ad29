using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>Schema <c>access</c>: who may look, who is looking, and who looked at what.</summary>
public static class AccessSchema
{
    /// <summary>Any number, the same in every process: it orders those who migrate one database.</summary>
    private const long Lock = 0x0DC2_ACCE55;

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
        // Whoever is before us takes as long as the migrations take: that is no fault of theirs.
        await using (var one = new NpgsqlCommand($"select pg_advisory_lock({Lock})", connection) { CommandTimeout = 0 })
            await one.ExecuteNonQueryAsync(cancel);

        await using (var context = new AccessTables(AccessTables.Options(connectionString)))
            await context.Database.MigrateAsync(cancel);
        await using (var triggers = new NpgsqlCommand(PolicyTables.VersionTriggers, connection))
            await triggers.ExecuteNonQueryAsync(cancel);
        await PolicySeed.EnsureAsync(connection, cancel);
        await Privacy.WatchRules.EnsureAsync(connection, cancel);
        await DatabaseRoles.EnsureAsync(connection, passwords ?? new RolePasswords(null, null), cancel);

        await using var done = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", connection);
        await done.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>Passwords for the two roles; null leaves a role's password as it is.</summary>
public sealed record RolePasswords(string? Portal, string? Worker)
{
    /// <summary>Says neither: passwords do not belong in logs.</summary>
    public override string ToString() => "passwords of the database roles";
}

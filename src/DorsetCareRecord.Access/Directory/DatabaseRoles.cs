using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>
/// The database's own door. The portal's role reads the record and can only add to the audit, so that even a portal
/// turned against us can neither write the record nor hide what it read. Roles belong to the whole server, not to one
/// database: several databases may make them at once, and finding one already there is success.
/// </summary>
internal static class DatabaseRoles
{
    internal const string Portal = "dcr_portal";
    internal const string Worker = "dcr_worker";

    internal static async Task EnsureAsync(NpgsqlConnection connection, RolePasswords passwords, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await MakeAsync(connection, Portal, passwords.Portal, cancel);
        await MakeAsync(connection, Worker, passwords.Worker, cancel);
        await RunAsync(connection, AccessRights, cancel);
        await RunAsync(connection, RecordRights, cancel);
        await RunAsync(connection, InboxRights, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task MakeAsync(NpgsqlConnection connection, string role, string? password, CancellationToken cancel)
    {
        await RunAsync(connection, $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{role}') then
                    create role {role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
                end if;
            exception when duplicate_object or unique_violation then null; -- another database's migration was first
            end $$
            """, cancel);
        if (password is null)
            return;

        // A utility statement takes no parameters; quote_literal on the server does the quoting.
        await using var quote = new NpgsqlCommand($"select format('alter role {role} password %L', $1::text)", connection);
        quote.Parameters.Add(new() { Value = password });
        await RunAsync(connection, (string)(await quote.ExecuteScalarAsync(cancel))!, cancel);
    }

    private const string AccessRights = $"""
        revoke all on schema access from public;
        revoke all on all tables in schema access from public, {Portal}, {Worker};
        grant usage on schema access to {Portal};
        grant select on access.organisation, access.account, access.session, access.protection_key to {Portal};
        grant update (disabled_at, disabled_by) on access.account to {Portal};
        grant insert on access.session to {Portal};
        grant update (seen_at, ended_at) on access.session to {Portal};
        grant insert on access.protection_key to {Portal};
        grant insert on access.audit, access.audit_shown to {Portal};
        grant select (seq) on access.audit to {Portal};
        """;

    /// <summary>Also for tables made later, by a migration or a rebuild: made by this same owner, they are readable too.</summary>
    private const string RecordRights = $"""
        do $$ begin
            if exists (select from pg_namespace where nspname = 'record') then
                grant usage on schema record to {Portal};
                grant select on all tables in schema record to {Portal};
                alter default privileges in schema record grant select on tables to {Portal};
            end if;
        end $$
        """;

    /// <summary>When a source was last heard, and nothing of what it said.</summary>
    private const string InboxRights = $"""
        do $$ begin
            if to_regclass('inbox.message') is not null then
                grant usage on schema inbox to {Portal};
                grant select (source, received_at) on inbox.message to {Portal};
            end if;
        end $$
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

using DorsetCareRecord.Access.Privacy;
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
        await RunAsync(connection, OwnTables.Rights, cancel);
        await RunAsync(connection, PrivacyTables.Rights, cancel);
        await RunAsync(connection, HistoryFunction.Sql, cancel);
        await RunAsync(connection, WatchFunction.Sql, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Name and password travel as settings of the transaction: DO takes no parameters, and its text may be logged.</summary>
    private static async Task MakeAsync(NpgsqlConnection connection, string role, string? password, CancellationToken cancel)
    {
        await using (var say = new NpgsqlCommand(
            "select set_config('dcr.role', $1, true), set_config('dcr.password', $2, true)", connection))
        {
            say.Parameters.Add(new() { Value = role });
            say.Parameters.Add(new() { Value = password ?? "" });
            await say.ExecuteNonQueryAsync(cancel);
        }

        await RunAsync(connection, """
            do $$
            declare name text := current_setting('dcr.role'); secret text := current_setting('dcr.password');
            begin
                for attempt in 1..20 loop
                    begin
                        if not exists (select from pg_roles where rolname = name) then
                            execute format('create role %I login', name);
                        end if;
                        if secret <> '' then
                            execute format('alter role %I login password %L', name, secret);
                        end if;
                        return;
                    exception
                        when duplicate_object or unique_violation then null; -- another database's migration was first
                        when internal_error then -- "tuple concurrently updated": the same, in the middle of it
                            if attempt = 20 then raise; end if;
                            perform pg_sleep(0.02 * attempt);
                    end;
                end loop;
            end $$
            """, cancel);
    }

    private const string AccessRights = $"""
        revoke all on schema access from public;
        revoke all on all tables in schema access from public, {Portal}, {Worker};
        grant usage on schema access to {Portal};
        grant select on access.organisation, access.account, access.session, access.protection_key to {Portal};
        grant update (disabled_at, disabled_by, trained_until, expires_on, last_used_at, signed_in_at, team_id, role, name, decided) on access.account to {Portal};
        grant insert on access.session to {Portal};
        grant select, insert, delete on access.logout_token to {Portal};
        grant select, insert, delete on access.search_miss to {Portal};
        grant update (seen_at, ended_at) on access.session to {Portal};
        grant insert on access.protection_key to {Portal};
        grant select, insert, update (ended_at, ended_by) on access.feed_stage, access.service_notice to {Portal};
        grant select on access.sharing_agreement, access.role_rule, access.policy_setting, access.sensitive_set, access.sensitive_member,
            access.national_code, access.national_inclusion, access.policy_version, access.opt_out, access.restricted_person,
            access.declaration to {Portal};
        grant insert on access.declaration, access.alert to {Portal};
        grant select on access.team, access.proposal, access.alert to {Portal};
        grant insert on access.account, access.team, access.proposal, access.sharing_agreement to {Portal};
        grant update (closed_at, closed_by) on access.team to {Portal};
        grant update (decided_by_id, decided_by, decided_at, outcome) on access.proposal to {Portal};
        grant update (valid_to, ended_by, ended_why) on access.sharing_agreement to {Portal};
        grant select, insert, update on access.audit_head to {Portal};
        grant usage on sequence access.audit_seq_seq to {Portal};
        grant insert on access.audit, access.audit_shown to {Portal};
        grant select (seq) on access.audit to {Portal};
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

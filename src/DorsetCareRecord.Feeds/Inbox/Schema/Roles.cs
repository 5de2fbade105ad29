using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox.Schema;

/// <summary>
/// Creates <c>dcr_worker</c> and <c>dcr_portal</c> when missing. Roles belong to the whole cluster, and advisory locks to one
/// database, so migrations of two databases may meet here: the loser of a race finds the role made (42710, 23505), or its
/// change overtaken ("tuple concurrently updated", XX000), and tries again.
/// </summary>
internal static class Roles
{
    private const string Ensure = """
        do $$
        declare
          role_name text := current_setting('dcr.role');
          secret text := current_setting('dcr.password');
        begin
          for attempt in 1..20 loop
            begin
              if not exists (select from pg_roles where rolname = role_name) then
                execute format('create role %I login', role_name);
              end if;
              if secret <> '' then
                execute format('alter role %I login password %L', role_name, secret);
              end if;
              return;
            exception
              when duplicate_object or unique_violation then null;
              when internal_error then
                if attempt = 20 then raise; end if;
                perform pg_sleep(0.02 * attempt);
            end;
          end loop;
        end $$
        """;

    public static async Task EnsureAsync(NpgsqlConnection connection, RolePasswords passwords, CancellationToken cancellation)
    {
        await EnsureAsync(connection, "dcr_worker", passwords.Worker, cancellation);
        await EnsureAsync(connection, "dcr_portal", passwords.Portal, cancellation);
    }

    /// <summary>Handed over as a setting of the transaction: DO takes no parameters, and a statement's text is logged.</summary>
    private static async Task EnsureAsync(NpgsqlConnection connection, string role, string? password, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var settings = new NpgsqlCommand(
            "select set_config('dcr.role', $1, true), set_config('dcr.password', $2, true)", connection))
        {
            settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
            settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = password ?? "" });
            await settings.ExecuteNonQueryAsync(cancellation);
        }

        await using (var ensure = new NpgsqlCommand(Ensure, connection))
            await ensure.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

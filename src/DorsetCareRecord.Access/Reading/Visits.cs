using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// When a viewer last looked at a person. A visit lasts while no half hour passes without a look, so that what was new when
/// they came stays new until they have gone.
/// </summary>
internal static class Visits
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Keeps this look if it is one; answers with the end of the visit before this one, or null when this is the first. Losing the server's
    /// power within the moment before it is on disk loses the look from this list; the audit has it.
    /// </summary>
    internal static NpgsqlBatchCommand Command(Viewer viewer, Guid person, DateTimeOffset now, bool isLook)
    {
        // The select sees what was there before this statement, and a visit that goes on is not before itself.
        var command = new NpgsqlBatchCommand(!isLook
            ? "select max(last_at) from access.visit where account_id = $1 and person_id = $2 and last_at <= $4 and $3 is not null"
            : """
            with relaxed as (select set_config('synchronous_commit', 'off', true)),
            open as (update access.visit set last_at = greatest(last_at, $3) where account_id = $1 and person_id = $2 and last_at > $4 returning 1),
            begun as (insert into access.visit (account_id, person_id, began_at, last_at)
                select $1, $2, $3, $3 from relaxed where not exists (select from open) on conflict do nothing)
            select max(last_at) from access.visit where account_id = $1 and person_id = $2 and last_at <= $4
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = viewer.Account });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now - Pause).UtcDateTime });
        return command;
    }

    /// <summary>Reads what <see cref="Command"/> answers.</summary>
    internal static async Task<DateTimeOffset?> ReadAsync(NpgsqlDataReader row, CancellationToken cancel) =>
        await row.ReadAsync(cancel) && !row.IsDBNull(0) ? row.GetFieldValue<DateTimeOffset>(0) : null;
}

using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>A lane that is ours until the transaction ends.</summary>
/// <param name="Stumble">Set when machinery broke its last attempt.</param>
internal sealed record ClaimedLane(Lane Lane, Stumble? Stumble);

/// <summary>
/// Claims a lane for the length of a transaction by an advisory lock held on the very connection that applies and settles:
/// when the drain dies or is cut off, PostgreSQL rolls back and frees the lane in one act, and nothing else can.
/// </summary>
internal static class LaneClaim
{
    /// <summary>Not a paused source's, nor one that waits to be tried again after machinery failed.</summary>
    /// <remarks>$1 is the time; the table is w.</remarks>
    internal const string MayBeWorked = """
        not exists (select from inbox.pause p where p.source = w.source and p.ended_at is null)
        and not exists (select from inbox.stumble t where t.source = w.source and t.lane = w.lane and t.next_at > $1)
        """;

    /// <summary>Oldest message first. The lanes of the oldest messages nearly always have a free one among them.</summary>
    private const string Nearest = $"""
        with oldest as materialized (
          select w.source, w.lane, w.message_id from inbox.waiting w where {MayBeWorked} order by w.message_id limit 512),
        lanes as materialized (
          select source, lane, min(message_id) as first from oldest group by source, lane order by first)
        select l.source, l.lane, t.until_id, t.message_id, t.tries
        from (select source, lane from lanes where pg_try_advisory_xact_lock(hashtext(source), lane) limit 1) l
        left join inbox.stumble t on t.source = l.source and t.lane = l.lane
        """;

    /// <summary>All lanes, by stepping through the index from lane to lane; for when the oldest messages are all being worked on.</summary>
    private const string Any = $"""
        with recursive steps as (
          (select source, lane, message_id from inbox.waiting order by source, lane, message_id limit 1)
          union all
          select next.source, next.lane, next.message_id from steps cross join lateral (
            select w.source, w.lane, w.message_id from inbox.waiting w
            where (w.source, w.lane) > (steps.source, steps.lane)
            order by w.source, w.lane, w.message_id limit 1) next),
        lanes as materialized (select w.source, w.lane from steps w where {MayBeWorked} order by w.message_id)
        select l.source, l.lane, t.until_id, t.message_id, t.tries
        from (select source, lane from lanes where pg_try_advisory_xact_lock(hashtext(source), lane) limit 1) l
        left join inbox.stumble t on t.source = l.source and t.lane = l.lane
        """;

    /// <summary>Null when no lane has waiting messages or all that have are claimed by others.</summary>
    public static async Task<ClaimedLane?> OldestAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation) =>
        await FindAsync(Nearest, connection, now, cancellation) ?? await FindAsync(Any, connection, now, cancellation);

    /// <summary>False when another has it.</summary>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, Lane lane, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext($1), $2)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lane.Source, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Number });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<ClaimedLane?> FindAsync(string sql, NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new ClaimedLane(
                new Lane(reader.GetString(0), reader.GetInt32(1)),
                reader.IsDBNull(2) ? null : new Stumble(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt32(4)))
            : null;
    }
}

using DorsetCareRecord.Feeds.Inbox;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>The state of one source's messages: each message is counted once.</summary>
/// <param name="Source">The feed's code.</param>
/// <param name="Waiting">Accepted and not yet worked.</param>
/// <param name="Settled">Applied, of no concern, or set aside by a person; duplicates not counted.</param>
/// <param name="Duplicate">Received before with the same bytes.</param>
/// <param name="Parked">Set aside for a human, by reason.</param>
public sealed record SourceCounts(
    string Source, long Waiting, long Settled, long Duplicate, IReadOnlyDictionary<string, long> Parked);

/// <summary>A message set aside; never its content.</summary>
public sealed record ParkedMessage(
    long Id, string Source, DateTimeOffset ReceivedAt, string Reason, string? Place, string? Shape, int Attempts, DateTimeOffset ParkedAt);

/// <summary>What an operator asks of the inbox.</summary>
public sealed class InboxDesk(NpgsqlDataSource database)
{
    /// <summary>Sources that have ever sent, by code; one snapshot, so that the figures agree.</summary>
    public async Task<IReadOnlyList<SourceCounts>> CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select source, 'waiting', null, count(*) from inbox.waiting group by source
            union all select source, outcome, null, count(*) from inbox.settled group by source, outcome
            union all select source, 'parked', reason, count(*) from inbox.parked group by source, reason
            order by 1, 2, 3
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(string Source, string State, string? Reason, long Count)>();
        while (await reader.ReadAsync(cancellation))
            rows.Add((reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt64(3)));

        return [.. rows.GroupBy(r => r.Source).Select(source => new SourceCounts(
            source.Key,
            source.Where(r => r.State == "waiting").Sum(r => r.Count),
            source.Where(r => r.State is "applied" or "no-concern" or "set-aside").Sum(r => r.Count),
            source.Where(r => r.State == "duplicate").Sum(r => r.Count),
            source.Where(r => r.State == "parked").ToDictionary(r => r.Reason!, r => r.Count)))];
    }

    /// <summary>The longest parked first.</summary>
    public async Task<IReadOnlyList<ParkedMessage>> ParkedAsync(int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select message_id, source, received_at, reason, place, shape, attempts, parked_at
            from inbox.parked order by parked_at, message_id limit $1
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var parked = new List<ParkedMessage>();
        while (await reader.ReadAsync(cancellation))
        {
            parked.Add(new ParkedMessage(
                reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.GetInt32(6), reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return parked;
    }

    /// <summary>Ids that a replay is about, oldest first: parked, or by id also those set aside.</summary>
    public static async Task<IReadOnlyList<long>> ReplayableAsync(
        NpgsqlConnection connection, Acts.Replay.Args which, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(which);
        await using var command = new NpgsqlCommand("""
            select message_id from inbox.parked
            where ($1::bigint[] is null or message_id = any ($1)) and ($2::text is null or source = $2)
              and ($3::text is null or reason = $3) and ($4::timestamptz is null or received_at >= $4)
            union all
            select message_id from inbox.settled where message_id = any ($1) and outcome = 'set-aside'
            order by 1
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)which.Ids?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)which.Source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)which.Reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)which.Since?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.GetInt64(0));
        return ids;
    }

    /// <summary>
    /// Puts messages that are parked or set aside back to wait in their lanes, within the caller's transaction; how many there were.
    /// </summary>
    public static async Task<long> ReplayAsync(NpgsqlConnection connection, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            with parked as (delete from inbox.parked where message_id = any ($1) returning message_id, attempts),
            aside as (delete from inbox.settled where message_id = any ($1) and outcome = 'set-aside' returning message_id, 1 as attempts),
            waits as (
              insert into inbox.waiting (message_id, received_at, lane, source, attempts)
              select m.id, m.received_at, m.lane, m.source, b.attempts
              from (select * from parked union all select * from aside) b join inbox.message m on m.id = b.message_id
              returning message_id)
            select count(*), pg_notify('inbox_waiting', '') from waits
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Lets extracts pass that were parked because they had shrunk: on whose word, the act says.</summary>
    public static async Task AcceptCollapseAsync(NpgsqlConnection connection, IReadOnlyList<long> ids, Guid act, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into inbox.accepted_collapse (message_id, act_id, accepted_at)
            select message_id, $2, clock_timestamp() from inbox.parked where message_id = any ($1) and reason = $3
            on conflict (message_id) do nothing
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = act });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Record.Facts.Reasons.CollapsedExtract });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Settles parked messages as set aside, within the caller's transaction; how many of these were parked.</summary>
    /// <param name="how">By whom, or as what it was mended.</param>
    public static async Task<long> SetAsideAsync(
        NpgsqlConnection connection, IReadOnlyList<long> ids, string how, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            with gone as (delete from inbox.parked where message_id = any ($1) returning message_id, received_at, source, reason),
            aside as (
              insert into inbox.settled (message_id, received_at, source, outcome, facts, remarks, adapter_version, settled_at)
              select message_id, received_at, source, 'set-aside', 0,
                jsonb_build_array(jsonb_build_object('reason', 'set-aside', 'place', reason, 'shape', $2::text)), $3, $4 from gone
              returning 1)
            select count(*) from aside
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = how });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = Sources.Adapters.Version });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The message as received, whatever its state; null when there is none of this id.</summary>
    public async Task<InboxMessage?> RawAsync(long id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await RawAsync(connection, id, cancellation);
    }

    /// <summary>The same, on the caller's connection.</summary>
    public static async Task<InboxMessage?> RawAsync(NpgsqlConnection connection, long id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select id, received_at, source, format, body, control_id from inbox.message where id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? InboxMessage.Of(reader) : null;
    }
}

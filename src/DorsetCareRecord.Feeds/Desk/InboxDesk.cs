using DorsetCareRecord.Feeds.Inbox;
using Npgsql;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>The state of one source's messages: each message is counted once.</summary>
/// <param name="Source">The feed's code.</param>
/// <param name="Waiting">Accepted and not yet worked.</param>
/// <param name="Settled">Applied or of no concern; duplicates not counted.</param>
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
            source.Where(r => r.State is "applied" or "no-concern").Sum(r => r.Count),
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

    /// <summary>Puts parked messages back to wait in their lanes, within the caller's transaction; how many of these were parked.</summary>
    public static async Task<long> ReplayAsync(NpgsqlConnection connection, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            with back as (delete from inbox.parked where message_id = any ($1) returning message_id, received_at, lane, source, attempts),
            waits as (
              insert into inbox.waiting (message_id, received_at, lane, source, attempts)
              select message_id, received_at, lane, source, attempts from back returning message_id)
            select count(*), pg_notify('inbox_waiting', '') from waits
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The message as received, whatever its state; null when there is none of this id.</summary>
    public async Task<InboxMessage?> RawAsync(long id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select id, received_at, source, format, body, control_id from inbox.message where id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? InboxHistory.MessageOf(reader) : null;
    }
}

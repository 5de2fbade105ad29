using DorsetCareRecord.Record.Organisations;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>A pause under way: stored and answered, not applied.</summary>
public sealed record PauseRow(DateTimeOffset Since, string By, string Why);

/// <summary>One source as its operator sees it.</summary>
/// <param name="Peers">Open connections over all workers; null for a source without connections (a drop folder, posts), or when no worker has said so lately.</param>
/// <param name="AnswerP95">Milliseconds, the slowest worker's.</param>
/// <param name="UnendedBytes">Received without an end of message.</param>
/// <param name="PerMinute">Messages a minute over the last five.</param>
/// <param name="Waiting">Stored and not applied yet.</param>
/// <param name="OldestWaiting">Since when.</param>
/// <param name="Parked">By reason.</param>
/// <param name="Stumbling">Lanes that wait to be tried again because machinery failed.</param>
/// <param name="Hours">Messages in each of the last 24 hours, oldest first.</param>
public sealed record FeedRow(
    Source Source, Freshness Freshness, SourceState State, PauseRow? Pause, int? Peers, double? AnswerP95, long UnendedBytes, double PerMinute,
    long Waiting, DateTimeOffset? OldestWaiting, IReadOnlyDictionary<string, long> Parked, int Stumbling, IReadOnlyList<int> Hours)
{
    public DateTimeOffset? LastReceived => Freshness.LastReceivedAt;

    /// <summary>Messages a minute at this hour of the week; null when not learnt.</summary>
    public double? UsualPerMinute => Freshness.Expectation.Usual / 60;

    /// <summary>What needs somebody first comes first.</summary>
    public int Rank => State == SourceState.Silent ? 0 : State == SourceState.Late ? 1 : Stumbling > 0 ? 2 : Pause is not null ? 3
        : State == SourceState.NotConnected ? 5 : 4;
}

/// <summary>All sources, worst first. Needs no more than the portal's role may see.</summary>
public static class FeedTable
{
    /// <summary>A worker that has not written its doors for so long is not there.</summary>
    private static readonly TimeSpan DoorsHold = TimeSpan.FromSeconds(30);

    private const string Select = """
        select s.source,
          (select p.since from inbox.pause p where p.source = s.source and p.ended_at is null),
          (select p.by from inbox.pause p where p.source = s.source and p.ended_at is null),
          (select p.why from inbox.pause p where p.source = s.source and p.ended_at is null),
          d.peers, d.p95, coalesce(d.unended, 0),
          (select count(*) from inbox.message m where m.source = s.source and m.received_at > $2 - interval '5 minutes') / 5.0::float8,
          coalesce(w.waiting, 0), w.oldest,
          (select count(*) from inbox.stumble t where t.source = s.source and t.tries > 0),
          array(select coalesce(h.messages, 0) from generate_series(date_trunc('hour', $2) - interval '23 hours', date_trunc('hour', $2), interval '1 hour') g (hour)
            left join inbox.hour h on h.source = s.source and h.hour = g.hour order by g.hour)
        from unnest($1) with ordinality as s (source, n)
        left join (
          select source, sum(peers)::int as peers, max(answer_p95_ms) as p95, sum(unended_bytes)::bigint as unended
          from inbox.door where at > $3 group by source) d on d.source = s.source
        left join (select source, count(*) as waiting, min(received_at) as oldest from inbox.waiting group by source) w on w.source = s.source
        order by s.n
        """;

    public static async Task<IReadOnlyList<FeedRow>> ReadAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var freshness = await SourceFreshness.ReadAsync(database, now, cancellation);
        var parked = await ParkedAsync(database, cancellation);
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Dorset.Sources.Select(s => s.Code)] });
        command.Parameters.Add(Time(now));
        command.Parameters.Add(Time(now - DoorsHold));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<FeedRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var code = reader.GetString(0);
            var heard = freshness.Single(f => f.Source == code);
            rows.Add(new FeedRow(
                Dorset.SourceOf(code)!, heard, heard.StateAt(now),
                reader.IsDBNull(1) ? null : new PauseRow(reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3)),
                reader.IsDBNull(4) ? null : reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetDouble(5), reader.GetInt64(6),
                reader.GetDouble(7), reader.GetInt64(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
                parked.Where(p => p.Source == code).ToDictionary(p => p.Reason, p => p.Count), (int)reader.GetInt64(10),
                reader.GetFieldValue<int[]>(11)));
        }

        return [.. rows.OrderBy(r => r.Rank)];
    }

    private static async Task<List<(string Source, string Reason, long Count)>> ParkedAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select source, reason, count(*) from inbox.parked group by source, reason order by 3 desc");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var parked = new List<(string, string, long)>();
        while (await reader.ReadAsync(cancellation))
            parked.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return parked;
    }

    private static NpgsqlParameter<DateTime> Time(DateTimeOffset at) => new() { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}

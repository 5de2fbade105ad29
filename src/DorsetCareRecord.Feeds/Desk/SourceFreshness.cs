using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>When a source was last heard, and what that means at this hour.</summary>
/// <param name="Source">The feed's code.</param>
/// <param name="LastReceivedAt">Null when nothing was ever received from it: not connected, which is not "nothing recorded".</param>
/// <param name="Expectation">Learnt for this hour of the week, or the default.</param>
/// <param name="PausedSince">Its messages are stored and answered, and not applied: no page has what came after this. Null when not paused.</param>
public sealed record Freshness(string Source, DateTimeOffset? LastReceivedAt, Expectation Expectation, DateTimeOffset? PausedSince)
{
    public SourceState StateAt(DateTimeOffset now) => Expectation.StateOf(LastReceivedAt, now);
}

/// <summary>Tells of each source when it was last heard; needs no more than the portal's role may see.</summary>
public static class SourceFreshness
{
    // One step in the index (source, received_at) for each source and month.
    private const string Select = """
        select s.source, (
          select m.received_at from inbox.message m where m.source = s.source and m.received_at <= coalesce($3, 'infinity')
            order by m.received_at desc limit 1),
          e.late_after, e.silent_after, e.usual_messages, e.weeks, (
          select min(p.since) from inbox.pause p where p.source = s.source
            and p.since <= coalesce($3, 'infinity') and (p.ended_at is null or p.ended_at > $3))
        from unnest($1) with ordinality as s (source, n)
        left join inbox.expectation e on e.source = s.source and e.hour_of_week = $2
        order by s.n
        """;

    public static Task<IReadOnlyList<Freshness>> ReadAsync(
        NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellation) => ReadAsync(database, now, null, cancellation);

    /// <summary>As of a past moment: what was received later does not count.</summary>
    public static Task<IReadOnlyList<Freshness>> ReadThenAsync(
        NpgsqlDataSource database, DateTimeOffset then, CancellationToken cancellation) => ReadAsync(database, then, then, cancellation);

    private static async Task<IReadOnlyList<Freshness>> ReadAsync(
        NpgsqlDataSource database, DateTimeOffset now, DateTimeOffset? by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var hour = Expectation.HourOfWeek(now);
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. Record.Organisations.Dorset.Sources.Select(s => s.Code)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)hour });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)by?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var sources = new List<Freshness>();
        while (await reader.ReadAsync(cancellation))
        {
            var source = reader.GetString(0);
            sources.Add(new Freshness(
                source,
                reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1),
                reader.IsDBNull(2)
                    ? Expectation.Default(source, hour)
                    : new Expectation(reader.GetTimeSpan(2), reader.GetTimeSpan(3), reader.GetDouble(4), reader.GetInt32(5)),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return sources;
    }
}

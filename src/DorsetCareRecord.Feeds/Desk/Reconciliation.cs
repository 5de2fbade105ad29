using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>A run of numbers a source left out between two it sent.</summary>
/// <param name="Scope">Who numbered them (MSH-3 and MSH-4).</param>
public sealed record NumberGap(string Scope, string After, string Before, long Missing);

/// <summary>What one source sent on a day and what became of it: received = applied + no concern + set aside + duplicate + parked + waiting.</summary>
/// <param name="Gaps">Where its control ids count upwards; null when they do not, and nothing can be said.</param>
public sealed record DayAccount(
    string Source, long Received, long Applied, long NoConcern, long SetAside, long Duplicate, long Parked, long Waiting,
    IReadOnlyList<NumberGap>? Gaps)
{
    /// <summary>Every message is in exactly one state (law 5); anything else is our fault and says so.</summary>
    public bool Balances => Received == Applied + NoConcern + SetAside + Duplicate + Parked + Waiting;
}

/// <summary>The daily account of each source, for a partner to lay beside its own (R11). Needs no more than the portal's role may see.</summary>
public static class Reconciliation
{
    private const int MostGaps = 50;

    private const string Counts = """
        select m.source, count(*), count(*) filter (where s.outcome = 'applied'), count(*) filter (where s.outcome = 'no-concern'),
          count(*) filter (where s.outcome = 'set-aside'), count(*) filter (where s.outcome = 'duplicate'), count(p.message_id), count(w.message_id)
        from inbox.message m
        left join inbox.settled s on s.message_id = m.id
        left join inbox.parked p on p.message_id = m.id
        left join inbox.waiting w on w.message_id = m.id
        where m.source = any ($3) and m.received_at >= $1 and m.received_at < $2
        group by m.source order by m.source
        """;

    // A source's ids are taken as counters when nine of ten are received in the order of their numbers and no more than one in fifty leaves
    // any out; the number is the run of digits at their end. Who leaves out more shares its numbers with others we do not hear, or gives
    // each patient or process a block of them: what is missing there was never for us, and saying so hides a true loss. A repeat is no
    // gap: it is counted as a duplicate.
    private const string Gaps = """
        with numbered as (
          select m.source, coalesce(m.control_scope, '') as scope, m.control_id, m.id,
            substring(m.control_id from '(\d{1,15})$')::bigint as n
          from inbox.message m
          where m.source = any ($3) and m.received_at >= $1 and m.received_at < $2 and m.control_id ~ '\d$'),
        firsts as (select distinct on (source, scope, n) * from numbered where n is not null order by source, scope, n, id),
        stepped as (
          select source, scope, control_id, n, lag(control_id) over w as before_id, lag(n) over w as before, lag(id) over w < id as in_order
          from firsts window w as (partition by source, scope order by n)),
        judged as (
          select *, avg(case when before is null then null when in_order then 1.0 else 0.0 end) over sender as rising,
            avg(case when before is null then null when n - before = 1 then 1.0 else 0.0 end) over sender as gapless, count(*) over sender as many
          from stepped window sender as (partition by source, scope))
        select source, scope, before_id, control_id, n - before - 1, rising >= 0.9 and gapless >= 0.98 and many >= 20
        from judged where before is not null
        order by source, scope, n
        """;

    /// <param name="day">In Dorset.</param>
    public static async Task<IReadOnlyList<DayAccount>> OfAsync(NpgsqlDataSource database, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var gaps = await GapsAsync(database, day, cancellation);
        await using var command = Command(database, Counts, day);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var accounts = new List<DayAccount>();
        while (await reader.ReadAsync(cancellation))
        {
            var source = reader.GetString(0);
            accounts.Add(new DayAccount(source, reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5),
                reader.GetInt64(6), reader.GetInt64(7), gaps.GetValueOrDefault(source)));
        }

        return accounts;
    }

    /// <summary>Sources whose ids count upwards, with their gaps.</summary>
    private static async Task<Dictionary<string, IReadOnlyList<NumberGap>>> GapsAsync(
        NpgsqlDataSource database, DateOnly day, CancellationToken cancellation)
    {
        await using var command = Command(database, Gaps, day);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var steady = new Dictionary<string, List<NumberGap>>();
        while (await reader.ReadAsync(cancellation))
        {
            if (!reader.GetBoolean(5))
                continue;
            if (!steady.TryGetValue(reader.GetString(0), out var gaps))
                steady[reader.GetString(0)] = gaps = [];
            if (reader.GetInt64(4) > 0 && gaps.Count < MostGaps)
                gaps.Add(new NumberGap(reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
        }

        return steady.ToDictionary(s => s.Key, s => (IReadOnlyList<NumberGap>)s.Value);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string sql, DateOnly day)
    {
        var command = database.CreateCommand(sql);
        foreach (var midnight in (DateOnly[])[day, day.AddDays(1)])
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime>
            {
                TypedValue = DorsetDay.Begin(midnight).UtcDateTime,
                NpgsqlDbType = NpgsqlDbType.TimestampTz,
            });
        }

        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Record.Organisations.Dorset.Sources.Select(s => s.Code)] });
        return command;
    }
}

/// <summary>Days as Dorset counts them.</summary>
public static class DorsetDay
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Midnight at its beginning; never skipped or doubled, for clocks change at one.</summary>
    public static DateTimeOffset Begin(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, London.GetUtcOffset(midnight));
    }

    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);
}

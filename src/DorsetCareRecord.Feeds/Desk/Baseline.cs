using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>
/// Learns from the inbox how often each source speaks: an hourly count with the longest silence that touched the hour, and from the
/// last weeks of those what is usual at each hour of the week. Rows of an operator's own making (<c>weeks = 0</c>) are left alone.
/// </summary>
public static class Baseline
{
    /// <summary>So many weeks must have the hour before it is learnt; until then the default holds.</summary>
    public const int FewestWeeks = 3;

    private const int History = 6 * 7;

    private const string Never = "36500 days";

    // Each source by its own step into the index (source, received_at): this runs every few minutes over hours, not over the inbox.
    // A silence belongs to every hour it touches, or a quiet night would teach that the first message of the morning was late.
    private const string CountHours = """
        with since as materialized (
          select date_trunc('hour', greatest($1 - make_interval(days => $2), coalesce((select max(hour) from inbox.hour) - interval '1 hour', '-infinity'))) as at),
        heard as (
          select m.source, m.received_at as at, coalesce(
            lag(m.received_at) over (partition by m.source order by m.received_at),
            (select p.received_at from inbox.message p
             where p.source = m.source and p.received_at < (select at from since) order by p.received_at desc limit 1)) as before
          from unnest($3) as s (source) join inbox.message m on m.source = s.source and m.received_at >= (select at from since)),
        touched as (
          select h.source, t.hour, h.at - h.before as gap, t.hour = date_trunc('hour', h.at) as is_here
          from heard h, generate_series(date_trunc('hour', coalesce(h.before, h.at)), date_trunc('hour', h.at), interval '1 hour') as t (hour))
        insert into inbox.hour (source, hour, messages, longest_gap)
        select source, hour, count(*) filter (where is_here), max(gap) from touched group by source, hour
        on conflict (source, hour) do update set
          messages = case when excluded.hour >= (select at from since) then excluded.messages else hour.messages end,
          longest_gap = greatest(hour.longest_gap, excluded.longest_gap)
        """;

    // Three times the longest usual silence is late and ten times is silent, within bounds that keep a busy source from crying at once
    // and a quiet one from never crying.
    private const string Learn = """
        insert into inbox.expectation (source, hour_of_week, usual_messages, late_after, silent_after, weeks, learnt_at)
        select source, hour_of_week, usual,
          least(greatest(gap * 3, interval '5 minutes'), interval '36 hours'), least(greatest(gap * 10, interval '20 minutes'), interval '60 hours'), weeks, $1
        from (
          select source, (extract(isodow from hour at time zone 'Europe/London')::int - 1) * 24
              + extract(hour from hour at time zone 'Europe/London')::int as hour_of_week,
            percentile_cont(0.5) within group (order by messages) as usual,
            percentile_cont(0.9) within group (order by coalesce(longest_gap, interval '1 hour')) as gap,
            count(distinct date_trunc('week', hour at time zone 'Europe/London'))::int as weeks
          from inbox.hour where hour >= $1 - make_interval(days => $2) and hour < date_trunc('hour', $1)
          group by 1, 2) learnt
        where weeks >= $3
        on conflict (source, hour_of_week) do update set usual_messages = excluded.usual_messages, late_after = excluded.late_after,
          silent_after = excluded.silent_after, weeks = excluded.weeks, learnt_at = excluded.learnt_at
        where expectation.weeks > 0
        """;

    /// <summary>Brings the hourly counts up to date; the first time from the last weeks of the inbox.</summary>
    public static Task CountAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellation) =>
        RunAsync(database, CountHours, now, [History], cancellation, [.. Record.Organisations.Dorset.Sources.Select(s => s.Code)]);

    /// <summary>Learns the expectations anew from the hourly counts.</summary>
    /// <returns>How many hours of sources are learnt.</returns>
    public static Task<int> LearnAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellation) =>
        RunAsync(database, Learn, now, [History, FewestWeeks], cancellation);

    /// <summary>Nothing more is expected of a source that has given way to another: it is never late again, and what still comes is taken.</summary>
    public static async Task ExpectNothingOfAsync(NpgsqlConnection connection, string source, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            insert into inbox.expectation (source, hour_of_week, usual_messages, late_after, silent_after, weeks, learnt_at)
            select $1, hour, 0, interval '{Never}', interval '{Never}', 0, $2 from generate_series(0, 167) hour
            on conflict (source, hour_of_week) do update set usual_messages = 0, late_after = excluded.late_after,
              silent_after = excluded.silent_after, weeks = 0, learnt_at = excluded.learnt_at
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>It has the word again: what was usual is learnt anew, and until then the default holds.</summary>
    public static async Task ExpectAgainOfAsync(NpgsqlConnection connection, string source, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"delete from inbox.expectation where source = $1 and weeks = 0 and silent_after = interval '{Never}'", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<int> RunAsync(
        NpgsqlDataSource database, string sql, DateTimeOffset now, int[] numbers, CancellationToken cancellation, string[]? sources = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        foreach (var number in numbers)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        if (sources is not null)
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = sources });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}

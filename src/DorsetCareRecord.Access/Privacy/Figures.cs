using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>Alerts of one rule in one month, and what became of them.</summary>
/// <param name="Month">Its first day, in Dorset.</param>
/// <param name="MedianDays">From the alert to its outcome; null when none has one.</param>
public sealed record MonthOfRule(DateOnly Month, WatchRule Rule, int Alerts, int Open, int Appropriate, int Inappropriate, double? MedianDays);

/// <summary>
/// Counts that can be published: of the officer's own organisation, or of all. Nothing in them is about anybody; for the public file
/// small counts are still not told exactly (<see cref="Public"/>), as is usual in NHS statistics.
/// </summary>
public sealed class Figures(AccessDatabase database, TimeProvider clock)
{
    public const int Smallest = 5;

    /// <summary>As it may be published: 0, or "1 to 4", or the number.</summary>
    public static string Public(int count) => count is > 0 and < Smallest ? $"1 to {Smallest - 1}" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The last twelve whole months and this one, newest first; null when it is not for this role.</summary>
    public async Task<IReadOnlyList<MonthOfRule>?> ReadAsync(Viewer viewer, bool all, Origin origin, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await PrivacyNotes.WriteAsync(database, viewer, Act.ReadFigures, null, null, [], [all ? "all" : "own"], origin, cancel);
        if (!Decide.MayWatchOverAccess(viewer.Role))
            return null;
        await using var command = database.Source.CreateCommand("""
            select m.month, m.rule, count(*)::int, count(*) filter (where m.state in ('new', 'asked'))::int,
                count(*) filter (where m.state = 'appropriate')::int, count(*) filter (where m.state = 'inappropriate')::int,
                percentile_cont(0.5) within group (order by m.took) filter (where m.took is not null)
            from (
                select date_trunc('month', x.raised_at at time zone 'Europe/London')::date as month, x.rule, coalesce(s.state, 'new') as state,
                    case when s.state in ('appropriate', 'inappropriate') then extract(epoch from s.taken_at - x.raised_at) / 86400 end as took
                from access.alert x left join lateral (
                    select s.state, s.taken_at from access.alert_step s where s.alert_id = x.id order by s.step desc limit 1) s on true
                where x.raised_at >= $1 and ($3 or x.organisation_code = $2)) m
            group by m.month, m.rule order by m.month desc, m.rule
            """);
        var today = Showing.Dates.Today(clock.GetUtcNow());
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = new DateTime(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(-12) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = viewer.Organisation });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = all });
        var months = new List<MonthOfRule>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            months.Add(new MonthOfRule(row.GetFieldValue<DateOnly>(0), WatchRules.Of(row.GetString(1)), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4),
                row.GetInt32(5), row.IsDBNull(6) ? null : row.GetDouble(6)));
        return months;
    }
}

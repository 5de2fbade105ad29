using Npgsql;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>A rule as officers read it.</summary>
/// <param name="Latency">How long after the act the alert may come; the watch runs twice a minute, so none of them needs its time.</param>
/// <param name="IsUrgent">Somebody should act on the day.</param>
public sealed record WatchRule(string Code, string Name, TimeSpan Latency, bool IsUrgent);

/// <summary>The rules for privacy alerts. P1 and P2 are raised by what was said, in its own transaction; the others by the watch.</summary>
public static class WatchRules
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<WatchRule> All { get; } =
    [
        new("P1", "Break-glass", Minute, false),
        new("P2", "Self-declared contact", Quarter, false),
        new("P3", "Own record", Quarter, false),
        new("P4", "Family", Quarter, false),
        new("P5", "Colleague", Quarter, false),
        new("P6", "Watch list", Minute, true),
        new("P7", "Crowd", Quarter, true),
        new("P8", "Volume", Quarter, true),
        new("P9", "Guessing numbers", Minute, true),
        new("P10", "Stale or out of hours", TimeSpan.FromDays(1), false),
        new("P11", "Print burst", Quarter, false),
        new("P12", "Administration", Minute, false),
        new("P13", "Restricted address", Minute, true),
    ];

    public static WatchRule Of(string code) => All.First(rule => rule.Code == code);

    /// <summary>As delivered; afterwards the rows of <c>watch_rule</c> are the truth. A rule without a row notices nothing.</summary>
    private static readonly (string Rule, string Limits)[] Delivered =
    [
        ("P3", "{}"),
        ("P4", "{}"),
        ("P5", """{"days": 30}"""),
        ("P6", """{"days": 30}"""),
        ("P7", """{"users": 5, "anybody": 40, "hours": 24}"""),
        ("P8", """{"people": 25, "times": 3, "days": 30}"""),
        ("P9", """{"misses": 30, "walked": 8}"""),
        ("P10", """{"days": 30, "late": 22, "early": 6, "roles": ["clerical", "socialworker", "pharmacist"]}"""),
        ("P11", """{"documents": 20}"""),
        ("P12", """{"acts": ["approve-change", "end-agreement", "export-history", "read-watch-list", "change-watch-list"]}"""),
        ("P13", "{}"),
    ];

    internal static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var seed = new NpgsqlCommand("""
            insert into access.watch_rule (id, rule, limits, valid_from, made_by, made_at, why)
            select gen_random_uuid(), s.rule, s.limits::jsonb, timestamptz '2000-01-01Z', 'installation', clock_timestamp(), 'as delivered'
            from unnest($1::text[], $2::text[]) s (rule, limits) where not exists (select from access.watch_rule)
            """, connection);
        seed.Parameters.Add(new() { Value = Delivered.Select(rule => rule.Rule).ToArray() });
        seed.Parameters.Add(new() { Value = Delivered.Select(rule => rule.Limits).ToArray() });
        await seed.ExecuteNonQueryAsync(cancel);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// What requests ask of the database, statement by statement, as the driver itself tells it (its activity source). A request that carries
/// <see cref="Trace"/> is told apart from all others of the process.
/// </summary>
internal sealed class Statements : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> _heard = [];

    internal Statements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>A new trace and the header that puts a request into it.</summary>
    internal static (ActivityTraceId Id, string Header) Trace()
    {
        var id = ActivityTraceId.CreateRandom();
        return (id, $"00-{id}-{ActivitySpanId.CreateRandom()}-01");
    }

    /// <summary>What a request of that trace asked, in order; but for keeping that somebody is active, which depends on the time of day.</summary>
    internal IReadOnlyList<string> Of(ActivityTraceId id) =>
        [.. _heard.GetValueOrDefault(id, []).Where(text => !text.StartsWith("update access.session set seen_at", StringComparison.Ordinal))];

    /// <summary>Everything anybody asked since the beginning.</summary>
    internal IEnumerable<string> All => _heard.Values.SelectMany(texts => texts);

    public void Dispose() => _listener.Dispose();

    private void Hear(Activity activity)
    {
        if ((activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
            _heard.GetOrAdd(activity.TraceId, _ => []).Enqueue(text);
    }
}

using System.Diagnostics.Metrics;
using DorsetCareRecord.Feeds.Desk;

namespace DorsetCareRecord.Worker.Watch;

/// <summary>
/// The sources as metrics, and as the last look left them for the health page. When looking fails nothing is measured: a figure that
/// stands still would say that all is well.
/// </summary>
internal sealed class FeedMeter : IDisposable
{
    public const string Name = "DorsetCareRecord.Worker.Feeds";

    private readonly Meter _meter = new(Name);
    private (DateTimeOffset At, IReadOnlyList<FeedRow> Rows)? _seen;

    public FeedMeter()
    {
        _meter.CreateObservableGauge("dcr.feed.oldest_waiting", () => Of(OldestWaiting), "s");
        _meter.CreateObservableGauge("dcr.feed.waiting", () => Of((row, _) => row.Waiting), "{message}");
        _meter.CreateObservableGauge("dcr.feed.stumbling", () => Of((row, _) => row.Stumbling), "{lane}");
        _meter.CreateObservableGauge("dcr.feed.unheard", () => Of((row, at) => row.LastReceived is { } last ? (at - last).TotalSeconds : -1), "s");
        _meter.CreateObservableGauge("dcr.feed.state", () => Of((row, _) => (int)row.State));
        _meter.CreateObservableGauge("dcr.feed.paused", () => Of((row, _) => row.Pause is null ? 0 : 1));
        _meter.CreateObservableGauge("dcr.feed.parked", Parked, "{message}");
    }

    /// <summary>Null when the last look failed, or before the first.</summary>
    public (DateTimeOffset At, IReadOnlyList<FeedRow> Rows)? Seen => _seen;

    public void Show(IReadOnlyList<FeedRow> rows, DateTimeOffset at) => _seen = (at, rows);

    public void Lose() => _seen = null;

    public void Dispose() => _meter.Dispose();

    private static double OldestWaiting(FeedRow row, DateTimeOffset at) =>
        row.OldestWaiting is { } since ? Math.Max(0, (at - since).TotalSeconds) : 0;

    private IEnumerable<Measurement<double>> Of(Func<FeedRow, DateTimeOffset, double> figure) => _seen is not { } seen ? []
        : seen.Rows.Select(row => new Measurement<double>(figure(row, seen.At), new KeyValuePair<string, object?>("source", row.Source.Code)));

    private IEnumerable<Measurement<long>> Parked() => _seen is not { } seen ? []
        : seen.Rows.SelectMany(row => row.Parked.Select(parked => new Measurement<long>(parked.Value,
            new KeyValuePair<string, object?>("source", row.Source.Code), new KeyValuePair<string, object?>("reason", parked.Key))));
}

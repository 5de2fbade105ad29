using System.Diagnostics.Metrics;
using DorsetCareRecord.Feeds.Inbox;

namespace DorsetCareRecord.Worker.Drain;

/// <summary>Counts of messages taken off the waiting list. Labels are closed lists of ours.</summary>
internal sealed class DrainMeter : IDisposable
{
    public const string Name = "DorsetCareRecord.Worker.Drain";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _settled;
    private readonly Histogram<double> _batch;

    public DrainMeter()
    {
        _settled = _meter.CreateCounter<long>("dcr.drain.settled", "{message}");
        _batch = _meter.CreateHistogram<double>("dcr.drain.batch", "ms");
    }

    public void Count(Drained drained, TimeSpan took)
    {
        if (drained.Messages == 0)
            return;
        Add(drained.Applied, "applied");
        Add(drained.NoConcern, "no-concern");
        Add(drained.Duplicates, "duplicate");
        Add(drained.Parked, "parked");
        _batch.Record(took.TotalMilliseconds);
    }

    public void Dispose() => _meter.Dispose();

    private void Add(int messages, string outcome)
    {
        if (messages > 0)
            _settled.Add(messages, new KeyValuePair<string, object?>("outcome", outcome));
    }
}

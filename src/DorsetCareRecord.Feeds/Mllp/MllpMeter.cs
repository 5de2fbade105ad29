using System.Diagnostics.Metrics;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>Counts of one door. Labels are the source and closed lists of ours, never anything a message says.</summary>
internal sealed class MllpMeter : IDisposable
{
    public const string Name = "DorsetCareRecord.Feeds.Mllp";

    private readonly Meter _meter = new(Name);
    private readonly KeyValuePair<string, object?> _source;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _unanswered;
    private readonly Counter<long> _junk;
    private readonly Counter<long> _turnedAway;
    private readonly Histogram<double> _commit;

    /// <param name="source">The feed's code.</param>
    /// <param name="connections">How many are open.</param>
    /// <param name="unended">Bytes of frames begun and not ended: a sender that forgets its end block shows here.</param>
    public MllpMeter(string source, Func<int> connections, Func<long> unended)
    {
        _source = new("source", source);
        _answered = _meter.CreateCounter<long>("dcr.mllp.answered", "{message}");
        _unanswered = _meter.CreateCounter<long>("dcr.mllp.closed_unanswered", "{message}");
        _turnedAway = _meter.CreateCounter<long>("dcr.mllp.turned_away", "{connection}");
        _junk = _meter.CreateCounter<long>("dcr.mllp.junk", "By");
        _commit = _meter.CreateHistogram<double>("dcr.mllp.commit", "ms");
        _meter.CreateObservableGauge("dcr.mllp.connections", () => new Measurement<int>(connections(), _source));
        _meter.CreateObservableGauge("dcr.mllp.unended", () => new Measurement<long>(unended(), _source), "By");
    }

    /// <summary>How long answers took lately, for the desk.</summary>
    public RecentTimes Answers { get; } = new();

    public void Answered(Hl7v2.Verdict verdict, TimeSpan sinceReceipt)
    {
        Answers.Add(sinceReceipt);
        _answered.Add(1, _source, new("verdict", verdict.ToString()));
        _commit.Record(sinceReceipt.TotalMilliseconds, _source);
    }

    public void Unanswered(int messages) => _unanswered.Add(messages, _source);

    /// <param name="why">address or certificate.</param>
    public void TurnedAway(string why) => _turnedAway.Add(1, _source, new("why", why));

    public void Junk(long bytes)
    {
        if (bytes > 0)
            _junk.Add(bytes, _source);
    }

    public void Dispose() => _meter.Dispose();
}

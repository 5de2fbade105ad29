namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>The last few hundred durations, for a percentile an operator can read; any thread may add.</summary>
internal sealed class RecentTimes
{
    private const int Kept = 512;

    private readonly Lock _lock = new();
    private readonly double[] _milliseconds = new double[Kept];
    private long _count;

    public void Add(TimeSpan took)
    {
        lock (_lock)
            _milliseconds[_count++ % Kept] = took.TotalMilliseconds;
    }

    /// <summary>In milliseconds; null before the first.</summary>
    public double? Percentile95()
    {
        double[] sorted;
        lock (_lock)
            sorted = _milliseconds[..(int)Math.Min(_count, Kept)];
        if (sorted.Length == 0)
            return null;
        Array.Sort(sorted);
        return sorted[(int)Math.Ceiling(sorted.Length * 0.95) - 1];
    }
}

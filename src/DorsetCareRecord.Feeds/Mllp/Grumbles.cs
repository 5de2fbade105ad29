using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// Warnings about a door's callers, so many a minute and no more: a line for each of a thousand broken connections a second helps nobody and
/// fills a disk. The rest is counted, and the count told with the first of the next minute.
/// </summary>
internal sealed class Grumbles(string source, TimeProvider time, ILogger logger)
{
    public const int MostAMinute = 20;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private int _count;

    /// <summary>Whether one more may be logged. Call it once for each.</summary>
    public bool MayBeSaid()
    {
        var left = 0;
        bool may;
        lock (_lock)
        {
            if (time.GetElapsedTime(_since) >= Minute)
            {
                left = Math.Max(0, _count - MostAMinute);
                (_since, _count) = (time.GetTimestamp(), 0);
            }

            may = ++_count <= MostAMinute;
        }

        if (left > 0)
            logger.LogWarning("{Source}: {Count} more warnings about its connections were left out", source, left);
        return may;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace DorsetCareRecord.Benchmarks;

/// <summary>What a closed loop of workers saw. Milliseconds are from asking to the last byte.</summary>
internal sealed record LoadResult(int Operations, int Errors, double Seconds, double P50Ms, double P99Ms)
{
    public double PerSecond => Operations / Seconds;
}

/// <summary>A closed loop: each of N workers asks again as soon as it is answered, for a bounded time.</summary>
internal static class Load
{
    public static async Task<LoadResult> RunAsync(int workers, TimeSpan duration, Func<int, int, Task<bool>> ask)
    {
        var latencies = new ConcurrentBag<List<double>>();
        var errors = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var mine = new List<double>(4096);
            for (var n = 0; clock.Elapsed < duration; n++)
            {
                var start = Stopwatch.GetTimestamp();
                if (!await ask(worker, n))
                    Interlocked.Increment(ref errors);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            latencies.Add(mine);
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        double[] all = [.. latencies.SelectMany(l => l).Order()];
        return new LoadResult(all.Length, errors, seconds, At(all, 0.50), At(all, 0.99));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];
}

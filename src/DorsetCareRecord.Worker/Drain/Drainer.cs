using DorsetCareRecord.Feeds.Inbox;

namespace DorsetCareRecord.Worker.Drain;

/// <summary>
/// Works lanes while messages wait. A failure of machinery (the database restarts, a deadlock) is logged by its kind and tried again;
/// the messages stay in line meanwhile.
/// </summary>
internal sealed class Drainer(Lanes lanes, ILaneWork work, WaitingSignal signal, DrainMeter meter, int drains, TimeProvider time, ILogger<Drainer> logger)
    : BackgroundService
{
    /// <summary>A look without a signal, in case one was lost with its connection.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, drains).Select(_ => Task.Run(() => DrainAsync(stoppingToken), stoppingToken)));

    private async Task DrainAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var next = signal.Next;
            if (await TryDrainAsync(stop) == 0)
                await Task.WhenAny(next, Task.Delay(Look, time, stop));
        }
    }

    private async Task<int> TryDrainAsync(CancellationToken stop)
    {
        var began = time.GetTimestamp();
        try
        {
            var drained = await lanes.DrainOneAsync(work, stop);
            meter.Count(drained, time.GetElapsedTime(began));
            return drained.Messages;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
#pragma warning disable CA1031 // Whatever broke, the drain must outlive it; nothing is settled, so nothing is lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The kind only: an exception's words may hold a patient's.
            logger.LogWarning("A drain was interrupted and goes on: {Why}",
                e is Npgsql.PostgresException p ? $"PostgresException {p.SqlState}" : e.GetType().Name);
            return 0;
        }
    }
}

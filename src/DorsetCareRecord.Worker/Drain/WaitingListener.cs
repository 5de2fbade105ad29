using DorsetCareRecord.Feeds.Inbox;
using Npgsql;

namespace DorsetCareRecord.Worker.Drain;

/// <summary>Hears of messages that other processes stored. Without it they would wait for the drain's next look.</summary>
internal sealed class WaitingListener(WaitingSignal signal, NpgsqlDataSource database, TimeProvider time, ILogger<WaitingListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signal.ListenAsync(database, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                logger.LogWarning("The listening connection was lost ({Why}) and is opened again", e.GetType().Name);
                await Task.WhenAny(Task.Delay(Again, time, stoppingToken));
            }
        }
    }
}

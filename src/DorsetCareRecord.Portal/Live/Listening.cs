using DorsetCareRecord.Access.Reading;

namespace DorsetCareRecord.Portal.Live;

/// <summary>Keeps this process's one listening connection, and makes a new one whenever it breaks.</summary>
internal sealed class Listening(RecordChanges changes, TimeProvider clock, ILogger<Listening> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await changes.ListenAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Listening for changes broke ({Kind}); trying again", fault.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

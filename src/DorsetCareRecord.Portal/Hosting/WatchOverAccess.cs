using DorsetCareRecord.Access.Privacy;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>Runs the rules for privacy alerts twice a minute. A run that fails is said in the log; the next goes on from the same place.</summary>
internal sealed class WatchOverAccess(Watch watch, TimeProvider clock, ILogger<WatchOverAccess> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Watch.Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping; what was not watched yet is the next portal's.
        }
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            if (await watch.RunAsync(cancel) is > 0 and var raised)
                log.LogInformation("{Count} privacy alerts raised", raised);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError("The rules for privacy alerts could not run ({Kind})", fault.GetType().Name);
        }
    }
}

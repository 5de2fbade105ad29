using DorsetCareRecord.Access.Audit;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// Anchors the audit outside the database every five minutes, and once more when the portal stops. One that fails is said in
/// the log and tried again at the next; pages go on, for the chain itself is written with every note.
/// </summary>
internal sealed class AnchorEveryFiveMinutes(Anchoring anchoring, TimeProvider clock, ILogger<AnchorEveryFiveMinutes> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Anchoring.Every, clock);
        do
        {
            await TryAsync(stoppingToken);
        }
        while (await NextAsync(timer, stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await anchoring.AnchorAsync(cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            log.LogError("The audit could not be anchored ({Kind})", fault.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the last anchor stands.
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

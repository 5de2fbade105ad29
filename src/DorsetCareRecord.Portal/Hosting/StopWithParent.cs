namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// Stops when standard input closes: whoever started the process with a pipe is gone, however it died.
/// Only when <c>DCR_STOP_WITH_PARENT</c> is <c>1</c>.
/// </summary>
internal sealed class StopWithParent(IHostApplicationLifetime lifetime) : BackgroundService
{
    internal static bool IsAsked => Settings.Read("DCR_STOP_WITH_PARENT") == "1";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[64];
        try
        {
            while (await input.ReadAsync(ignored, stoppingToken) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lifetime.StopApplication();
    }
}

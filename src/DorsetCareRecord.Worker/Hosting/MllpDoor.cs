using System.Net.Sockets;
using DorsetCareRecord.Feeds.Mllp;

namespace DorsetCareRecord.Worker.Hosting;

/// <summary>Runs one source's listener; a port that is not to be had stops the start with one sentence.</summary>
internal sealed class MllpDoor(MllpListener listener, string variable) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            throw new SettingsException($"{listener.Address} is already in use or not ours: stop what listens there, or set {variable}.");
        }

        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listener.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => listener.RunAsync(stoppingToken);
}

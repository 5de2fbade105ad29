using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Worker.Hosting;
using Microsoft.AspNetCore.Connections;
using Serilog;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Receives messages and keeps the record up to date until told to stop.</summary>
internal static class Serve
{
    internal static async Task<int> RunAsync()
    {
        try
        {
            await using var app = WorkerHost.Build();
            await app.RunAsync();
            return 0;
        }
        catch (Exception fault) when (fault is SettingsException or FormatException or ProfileException)
        {
            return Usage.Fail(fault.Message);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            return Usage.Fail($"{Settings.Door.Authority} is already in use: stop what listens there, or set DCR_DOOR_URL.");
        }
        finally
        {
            await Log.CloseAndFlushAsync();
        }
    }
}

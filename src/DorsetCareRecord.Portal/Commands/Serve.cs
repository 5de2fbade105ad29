using DorsetCareRecord.Portal.Hosting;

namespace DorsetCareRecord.Portal.Commands;

/// <summary>Serves the pages until told to stop.</summary>
internal static class Serve
{
    internal static async Task<int> RunAsync()
    {
        Settings settings;
        try
        {
            settings = Settings.FromEnvironment();
        }
        catch (SettingsException fault)
        {
            return Usage.Fail(fault.Message);
        }

        await using var app = PortalHost.Build(settings);
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Usage.Fail($"{settings.Listen.Authority} is already in use: stop what listens there, or set DCR_PORTAL_URL.");
        }
    }
}

using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn.Providers;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// Which of the providers vouched for somebody: the one whose issuer their session names. Null where none of those that can be reached is it;
/// one that is down must not be in the way of another's people.
/// </summary>
internal sealed class ProviderOfSession(Settings settings, IOptionsMonitor<OpenIdConnectOptions> options)
{
    internal async Task<(ProviderSettings Provider, OpenIdConnectConfiguration Known)?> FindAsync(string issuer, CancellationToken cancel)
    {
        foreach (var provider in settings.Providers)
        {
            if (await KnownAsync(provider, cancel) is { } known && known.Issuer == issuer)
                return (provider, known);
        }

        return null;
    }

    private async Task<OpenIdConnectConfiguration?> KnownAsync(ProviderSettings provider, CancellationToken cancel)
    {
        try
        {
            return await options.Get(provider.Scheme).ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (Exception fault) when (Unreachable.Is(fault))
        {
            return null;
        }
    }
}

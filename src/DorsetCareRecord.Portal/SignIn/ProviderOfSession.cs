using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn.Providers;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>Which of the providers vouched for somebody: the one whose issuer their session names.</summary>
internal sealed class ProviderOfSession(Settings settings, IOptionsMonitor<OpenIdConnectOptions> options)
{
    internal async Task<(ProviderSettings Provider, OpenIdConnectConfiguration Known)?> FindAsync(string issuer, CancellationToken cancel)
    {
        foreach (var provider in settings.Providers)
        {
            var known = await options.Get(provider.Scheme).ConfigurationManager!.GetConfigurationAsync(cancel);
            if (known.Issuer == issuer)
                return (provider, known);
        }

        return null;
    }
}

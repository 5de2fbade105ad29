using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// A provider changes its keys when it likes (OpenID Connect Core 10.1.1), and what it signed with a new one is tried once: nobody sends a
/// logout token again, and whoever was signing in would be told that it failed. So its document is read there and then, and not only in the
/// background for the next.
/// </summary>
internal static class ChangedKeys
{
    /// <summary>What the provider says of itself now; null when it cannot be asked.</summary>
    internal static async Task<OpenIdConnectConfiguration?> ReadAsync(OpenIdConnectOptions options, CancellationToken cancel)
    {
        options.ConfigurationManager!.RequestRefresh();
        try
        {
            return await OpenIdConnectConfigurationRetriever.GetAsync(options.MetadataAddress,
                new HttpDocumentRetriever(options.Backchannel) { RequireHttps = options.RequireHttpsMetadata }, cancel);
        }
        catch (Exception fault) when (Unreachable.Is(fault))
        {
            return null;
        }
    }
}

/// <summary>A provider that does not answer, answers too late or with something else than what was asked.</summary>
internal static class Unreachable
{
    internal static bool Is(Exception fault) => fault switch
    {
        HttpRequestException or IOException or TaskCanceledException or OpenIdConnectProtocolException => true,
        // How the libraries say so too. The same from elsewhere is a fault of ours, and is to be seen as one.
        InvalidOperationException or ArgumentException => IsOfTheProtocol(fault.Source),
        _ => false,
    };

    private static bool IsOfTheProtocol(string? assembly) => assembly is not null
        && (assembly.StartsWith("Microsoft.IdentityModel.", StringComparison.Ordinal) || assembly == typeof(OpenIdConnectHandler).Assembly.GetName().Name);
}

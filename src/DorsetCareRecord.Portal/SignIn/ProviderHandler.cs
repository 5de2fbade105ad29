using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// The framework's handler, which asks the provider for its documents, or pushes a request to it, before it sends anybody there. One that cannot
/// be reached is no fault of the record: whoever wanted to sign in is told so on a page, and what a script asks is refused without asking it.
/// </summary>
internal sealed partial class ProviderHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory loggers, HtmlEncoder html, UrlEncoder url) : OpenIdConnectHandler(options, loggers, html, url)
{
    /// <summary>As <c>AddOpenIdConnect</c> does, with this handler.</summary>
    internal static void AddTo(AuthenticationBuilder signIn, string scheme, Action<OpenIdConnectOptions> configure)
    {
        signIn.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        signIn.AddRemoteScheme<OpenIdConnectOptions, ProviderHandler>(scheme, displayName: null, configure);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Challenge.IsAnswered(Context, Response))
            return;
        try
        {
            await base.HandleChallengeAsync(properties);
        }
        catch (Exception fault) when (Unreachable.Is(fault) && !Response.HasStarted)
        {
            CannotBeAsked(Context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DorsetCareRecord.SignIn"), Scheme.Name, fault.GetType().Name);
            Response.Redirect(Provider.FailedPath);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The identity provider of {Scheme} cannot be asked ({Kind})")]
    private static partial void CannotBeAsked(ILogger logger, string scheme, string kind);
}

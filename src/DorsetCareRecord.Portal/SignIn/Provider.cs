using System.Security.Claims;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// The identity provider: OpenID Connect, code flow with PKCE, state and nonce. It fails closed: a token without subject or
/// without a strength of authentication we asked for, and a person the directory does not have, come no further than the
/// page that says so. No token or claim is logged or kept.
/// </summary>
internal static class Provider
{
    /// <summary>Where the way back ends when somebody is not let in; open to all, says nothing of why.</summary>
    internal const string NotEnabledPath = "/not-enabled";

    internal const string FailedPath = "/sign-in-failed";

    internal static void Configure(OpenIdConnectOptions options, Settings settings)
    {
        options.Authority = settings.Authority.ToString();
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true; // its subject must be the token's, which the handler checks
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.ClaimActions.Remove("acr"); // else the handler drops it; it must come from the token, never from elsewhere
        options.ClaimActions.MapUniqueJsonKey("sid", "sid");
        options.ClaimActions.MapUniqueJsonKey("dcr_org", "dcr_org");
        options.ClaimActions.MapUniqueJsonKey("dcr_role", "dcr_role");
        options.TokenValidationParameters.ValidAlgorithms = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"];
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(60);
        options.TokenValidationParameters.NameClaimType = "sub";
        options.TokenValidationParameters.RequireSignedTokens = true;

        options.CorrelationCookie.Name = "dcr-way-";
        options.NonceCookie.Name = "dcr-once-";
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnRedirectToIdentityProvider = Ask;
        options.Events.OnTicketReceived = context => AdmitAsync(context, settings);
        options.Events.OnRemoteFailure = FailAsync;
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = settings.ClientId; // instead of a token hint, which we do not keep
            return Task.CompletedTask;
        };
        options.SignedOutRedirectUri = "/signed-out";
    }

    /// <summary>Only a page that a person opens is worth a sign-in; what a script asks is simply refused.</summary>
    private static Task Ask(RedirectContext context)
    {
        if (context.HttpContext.Features.Get<TurnedAway>() is not null)
        {
            context.Response.Redirect(NotEnabledPath);
            context.HandleResponse();
        }
        else if (Automatic.Is(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.HandleResponse();
        }
        else if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Properties.RedirectUri = "/"; // what was posted is gone with the session
        }

        return Task.CompletedTask;
    }

    private static async Task AdmitAsync(TicketReceivedContext context, Settings settings)
    {
        var http = context.HttpContext;
        var who = context.Principal;
        var subject = who?.FindFirst("sub");
        var strength = who?.FindFirst("acr")?.Value;
        Admission admission = new Admission.Turned(NotAdmitted.NotEnabled);
        if (subject is { Value.Length: > 0 } && strength is not null && settings.Strengths.Contains(strength))
        {
            var assertion = new Assertion(subject.Issuer, subject.Value, who!.FindFirst("sid")?.Value,
                who.FindFirst("dcr_org")?.Value, who.FindFirst("dcr_role")?.Value);
            admission = await http.RequestServices.GetRequiredService<Sessions>()
                .BeginAsync(assertion, http.Origin(), http.RequestAborted);
        }

        if (admission is Admission.Admitted admitted)
        {
            context.Principal = Cookie.Principal(admitted.Viewer, CookieAuthenticationDefaults.AuthenticationScheme);
            context.Properties = new AuthenticationProperties { RedirectUri = context.Properties?.RedirectUri };
            return;
        }

        context.HandleResponse();
        context.Response.Redirect(NotEnabledPath);
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DorsetCareRecord.SignIn")
            .LogWarning("Sign-in failed: {Kind}", context.Failure?.GetType().Name);
        context.HandleResponse();
        context.Response.Redirect(FailedPath);
        return Task.CompletedTask;
    }
}

using System.Security.Claims;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn.Providers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// The identity providers: OpenID Connect, code flow with PKCE, state and nonce. It fails closed: a token without subject or
/// without a strength of authentication we asked for, and a person the directory does not have, come no further than the
/// page that says so. No token or claim is logged or kept.
/// </summary>
internal static class Provider
{
    /// <summary>Where the way back ends when somebody is not let in; open to all, says nothing of why.</summary>
    internal const string NotEnabledPath = "/not-enabled";

    /// <summary>Where they are told what their sign-in lacked; it is about the sign-in, and says nothing of the directory.</summary>
    internal const string ShortPath = "/sign-in-short";

    internal const string FailedPath = "/sign-in-failed";

    /// <summary>Algorithms a token may be signed with: none that a shared secret could forge, and never "none".</summary>
    internal static IReadOnlyList<string> Algorithms { get; } =
        ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"];

    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    internal static void Configure(OpenIdConnectOptions options, ProviderSettings provider, Settings settings)
    {
        options.Authority = provider.Authority.ToString();
        options.BackchannelTimeout = TimeSpan.FromSeconds(5); // a provider that does not answer is said to, and waited for no longer
        options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.CallbackPath = provider.WayBack;
        options.SignedOutCallbackPath = provider.SignedOut;
        options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.TokenHandler = new SignedTokens(options);
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true; // its subject must be the token's, which the handler checks
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", .. provider.Dialect.Scopes])
            options.Scope.Add(scope);
        // Else the handler drops them; they must come from the token, never from elsewhere.
        foreach (var kept in (string[])["acr", "amr", "auth_time"])
            options.ClaimActions.Remove(kept);
        provider.Dialect.Map(options.ClaimActions);
        options.TokenValidationParameters.ValidAlgorithms = Algorithms;
        options.TokenValidationParameters.ClockSkew = ClockSkew;
        options.TokenValidationParameters.NameClaimType = "sub";

        var ofThisHost = settings.IsSecure ? "__Host-" : ""; // which no other host, and no page without TLS, can set (RFC 6265bis, 4.1.3.2)
        options.CorrelationCookie.Name = $"{ofThisHost}dcr-way-";
        options.NonceCookie.Name = $"{ofThisHost}dcr-once-";
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.Path = "/";
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnRedirectToIdentityProvider = context => AskAsync(context, provider);
        options.Events.OnPushAuthorization = context => SignPushAsync(context, provider);
        options.Events.OnAuthorizationCodeReceived = context => SignExchangeAsync(context, provider);
        options.Events.OnTicketReceived = context => AdmitAsync(context, provider);
        options.Events.OnRemoteFailure = FailAsync;
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = provider.ClientId; // instead of a token hint, which we do not keep
            return Task.CompletedTask;
        };
        options.SignedOutRedirectUri = "/signed-out";
    }

    /// <summary>Marks a challenge after which the provider shall ask anew, for another role or person.</summary>
    internal const string Again = "again";

    private static Task AskAsync(RedirectContext context, ProviderSettings provider)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && context.Properties.RedirectUri is null)
            context.Properties.RedirectUri = "/"; // what was posted is gone with the session
        if (provider.Dialect.AcrValues is { } values)
            context.ProtocolMessage.AcrValues = values;
        // Whoever is signed in at the provider still has to prove who they are again (OpenID Connect Core 3.1.2.1), or to choose a role.
        if (FreshSignIn.IsAsked(context.Properties) || context.Properties.Items.ContainsKey(Again) || context.HttpContext.Features.Get<SessionIsOver>() is not null)
            context.ProtocolMessage.Prompt = "login";
        if (FreshSignIn.IsAsked(context.Properties))
            context.ProtocolMessage.MaxAge = "0";

        return Task.CompletedTask;
    }

    /// <summary>A provider that takes requests beforehand (RFC 9126) wants to know whose they are, as at the exchange.</summary>
    private static async Task SignPushAsync(PushedAuthorizationContext context, ProviderSettings provider)
    {
        if (provider.Key is null)
            return;
        context.ProtocolMessage.ClientAssertionType = ClientKey.AssertionType;
        context.ProtocolMessage.ClientAssertion = await AssertAsync(context.HttpContext, context.Options, provider);
        context.HandleClientAuthentication();
    }

    private static async Task SignExchangeAsync(AuthorizationCodeReceivedContext context, ProviderSettings provider)
    {
        if (provider.Key is null || context.TokenEndpointRequest is not { } request)
            return;
        request.ClientSecret = null;
        request.ClientAssertionType = ClientKey.AssertionType;
        request.ClientAssertion = await AssertAsync(context.HttpContext, context.Options, provider);
    }

    private static async Task<string> AssertAsync(HttpContext http, OpenIdConnectOptions options, ProviderSettings provider)
    {
        var known = await options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        return provider.Key!.Assert(provider.ClientId, known, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    private static async Task AdmitAsync(TicketReceivedContext context, ProviderSettings provider)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        var vouched = context.Principal is { } who ? provider.Dialect.Read(who, provider) : new Vouched.Short(Lack.Person);
        if (vouched is Vouched.For { Assertion: var said } && !FreshSignIn.IsFreshEnough(said, context.Properties))
            vouched = new Vouched.Short(Lack.Proof);
        var before = await Cookie.SessionOfAsync(http);
        Admission? admission = null;
        if (vouched is Vouched.For { Assertion: var assertion })
            admission = await sessions.BeginAsync(assertion, http.Origin(), http.RequestAborted, FreshSignIn.IsAsked(context.Properties) ? before : null);
        else if (vouched is Vouched.Short { Of: var lack })
            await sessions.RefuseAsync(StrangerOf(context.Principal), $"sign-in-short:{lack}", http.Origin(), http.RequestAborted);

        // Signing in again, as somebody else, in another role or for a step up, leaves no older session behind (ASVS 5.0, 7.2.4).
        if (before is { } older)
            await sessions.ReplaceAsync(
                older, FreshSignIn.IsAsked(context.Properties) ? (admission as Admission.Admitted)?.Viewer : null, http.Origin(), http.RequestAborted);
        if (admission is Admission.Admitted admitted)
        {
            context.Principal = Cookie.Principal(admitted.Viewer, CookieAuthenticationDefaults.AuthenticationScheme);
            context.Properties = new AuthenticationProperties { RedirectUri = context.Properties?.RedirectUri };
            return;
        }

        if (admission is Admission.Choosing { Session: var undecided }) // where they were going leads over the page that asks
        {
            context.Principal = Cookie.Principal(undecided, CookieAuthenticationDefaults.AuthenticationScheme);
            context.Properties = new AuthenticationProperties { RedirectUri = context.Properties?.RedirectUri };
            return;
        }

        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.HandleResponse();
        context.Response.Redirect((vouched, admission) switch
        {
            (Vouched.Short { Of: Lack.Assurance }, _) => $"{ShortPath}/assurance",
            (Vouched.Short { Of: Lack.Role }, _) => $"{ShortPath}/role",
            (Vouched.Short { Of: Lack.Proof }, _) => $"{ShortPath}/proof",
            (_, Admission.Turned { Why: NotAdmitted.AnotherRole }) => $"{ShortPath}/other-role",
            _ => NotEnabledPath,
        });
    }

    /// <summary>Whom the token was about, as far as it says; for the audit.</summary>
    private static (string Issuer, string Subject)? StrangerOf(ClaimsPrincipal? who) =>
        who?.FindFirst("sub") is { } subject ? (subject.Issuer, subject.Value) : null;

    private static Task FailAsync(RemoteFailureContext context)
    {
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DorsetCareRecord.SignIn")
            .LogWarning("Sign-in failed: {Kind}", context.Failure?.GetType().Name);
        context.HandleResponse();
        context.Response.Redirect(FailedPath);
        return Task.CompletedTask;
    }
}

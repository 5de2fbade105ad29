using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace DorsetCareRecord.Simulator.Development.SignIn;

/// <summary>How the development sign-in is to be.</summary>
public sealed record SignInOptions
{
    /// <summary>Where it listens, and its issuer.</summary>
    public required Uri Address { get; init; }

    /// <summary>The portals that may send people to it.</summary>
    public required IReadOnlyList<Uri> Portals { get; init; }

    /// <summary>Where its keys are kept.</summary>
    public required string KeyFolder { get; init; }
}

/// <summary>
/// The development identity provider: OpenID Connect code flow with PKCE, where signing in is choosing who to be. It is a real
/// provider to the portal, which does not know the difference; it knows no password and must never leave a developer's machine.
/// </summary>
/// <remarks>OpenIddict in degraded mode keeps no tokens, so a code could be used twice within its five minutes.</remarks>
public sealed class SignInHost : IAsyncDisposable
{
    public const string ClientId = "dcr-portal";

    private readonly WebApplication _app;

    private SignInHost(WebApplication app) => _app = app;

    public static async Task<SignInHost> StartAsync(SignInOptions options, CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Address.ToString());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, PartOfTheWhole>();
        AddProvider(builder.Services, options, SignInKeys.Load(options.KeyFolder));

        var app = builder.Build();
        app.UseAuthentication();
        SignInPages.Map(app, DemoDirectory.Load());
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException fault)
        {
            await app.DisposeAsync();
            throw new DevelopmentException($"The development sign-in cannot listen on {options.Address.Authority}: {fault.Message}", fault);
        }

        return new SignInHost(app);
    }

    /// <summary>The first answer takes a second or two, which nobody should wait for in a browser.</summary>
    internal async Task WarmAsync(CancellationToken cancel)
    {
        using var client = new HttpClient();
        foreach (var path in (string[])["/.well-known/openid-configuration", "/.well-known/jwks"])
            await client.GetStringAsync(new Uri(new Uri(_app.Urls.First()), path), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void AddProvider(IServiceCollection services, SignInOptions options, SignInKeys keys)
    {
        services.AddAuthentication();
        services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(options.Address)
                .SetAuthorizationEndpointUris("connect/authorize")
                .SetTokenEndpointUris("connect/token")
                .SetUserInfoEndpointUris("connect/userinfo")
                .SetEndSessionEndpointUris("connect/endsession")
                .AllowAuthorizationCodeFlow()
                .RequireProofKeyForCodeExchange()
                .RegisterScopes(OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile)
                .AddSigningKey(keys.Signing)
                .AddEncryptionKey(keys.Encryption)
                .EnableDegradedMode();
            server.UseAspNetCore()
                .DisableTransportSecurityRequirement()
                .EnableAuthorizationEndpointPassthrough()
                .EnableEndSessionEndpointPassthrough();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                    context.Reject(OpenIddictConstants.Errors.InvalidClient, $"Only {ClientId} is known here.");
                else if (!IsPortals(context.RedirectUri, options))
                    context.Reject(OpenIddictConstants.Errors.InvalidRequest, "The redirect address is not the portal's.");
                return ValueTask.CompletedTask;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                    context.Reject(OpenIddictConstants.Errors.InvalidClient, $"Only {ClientId} is known here.");
                return ValueTask.CompletedTask;
            }));
            server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.PostLogoutRedirectUri is { } way && !IsPortals(way, options))
                    context.Reject(OpenIddictConstants.Errors.InvalidRequest, "The redirect address is not the portal's.");
                return ValueTask.CompletedTask;
            }));
            server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                foreach (var name in SignInPages.ProfileClaims)
                    if (context.AccessTokenPrincipal?.GetClaim(name) is { } value)
                        context.Claims[name] = value;
                return ValueTask.CompletedTask;
            }));
        });
    }

    private static bool IsPortals(string? address, SignInOptions options) =>
        Uri.TryCreate(address, UriKind.Absolute, out var way)
        && options.Portals.Any(portal => portal.Scheme == way.Scheme && portal.Authority == way.Authority);
}

/// <summary>Signals are for the host that we are a part of.</summary>
internal sealed class PartOfTheWhole : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Text.Json;
using System.Threading.RateLimiting;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn.Providers;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// A provider says that somebody signed out, or was signed out, there (OpenID Connect Back-Channel Logout 1.0). Their sessions
/// end here at once; open pages hear of it. The token is judged like one that signs in, and is good once.
/// </summary>
internal static class BackChannel
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private const int MostBytes = 16 * 1024;

    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    /// <summary>A logout token says what has just happened (section 2.4 recommends two minutes).</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(2);

    internal static void MapBackChannel(this IEndpointRouteBuilder app, IEnumerable<ProviderSettings> providers)
    {
        foreach (var provider in providers)
        {
            var asks = new TokenBucketRateLimiter(new()
            {
                TokenLimit = 10, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(10), QueueLimit = 0,
            });
            app.MapPost(provider.BackChannel, (HttpContext http, ProviderSignOuts signOuts, IOptionsMonitor<OpenIdConnectOptions> options,
                    TimeProvider clock) => HearAsync(http, provider, signOuts, options.Get(provider.Scheme), asks, clock))
                .AllowAnonymous().DisableAntiforgery();
        }
    }

    private static async Task<IResult> HearAsync(
        HttpContext http, ProviderSettings provider, ProviderSignOuts signOuts, OpenIdConnectOptions options, RateLimiter asks, TimeProvider clock)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is > MostBytes)
            return Refused();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["logout_token"] is not [{ Length: > 0 and < MostBytes } token])
            return Refused();

        if (await KnownAsync(token, provider, options, asks, http.RequestAborted) is not { } known
            || await ReadAsync(token, known.Issuer, known.SigningKeys, provider, clock.GetUtcNow()) is not { } said)
            return Refused();
        http.Response.Headers.CacheControl = "no-store";
        return await signOuts.HearAsync(said, http.Origin(), http.RequestAborted) ? Results.Ok() : Refused();
    }

    /// <summary>
    /// The provider's issuer and keys, read anew for a token that seems to be for us and names a key we have not seen. Anybody can send such
    /// a token, so that is done a few times and then every ten seconds at most.
    /// </summary>
    private static async Task<OpenIdConnectConfiguration?> KnownAsync(
        string token, ProviderSettings provider, OpenIdConnectOptions options, RateLimiter asks, CancellationToken cancel)
    {
        OpenIdConnectConfiguration known;
        try
        {
            known = await options.ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (Exception fault) when (Unreachable.Is(fault))
        {
            return null;
        }

        if (Seems(token) is not { } seems)
            return null;
        if (known.SigningKeys.Any(key => key.KeyId == seems.Kid) || seems.Issuer != known.Issuer || !seems.Audiences.Contains(provider.ClientId))
            return known;
        using var leave = asks.AttemptAcquire();
        return leave.IsAcquired ? await ChangedKeys.ReadAsync(options, cancel) ?? known : known;
    }

    /// <summary>What it would say if it were true, which nobody knows yet; null when it is no token at all.</summary>
    private static JsonWebToken? Seems(string token)
    {
        try
        {
            return Tokens.ReadJsonWebToken(token);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>What a logout token says; null when it is none, not ours, not whole, too old or not to be believed.</summary>
    internal static async Task<ProviderSignOut?> ReadAsync(
        string token, string issuer, IEnumerable<SecurityKey> keys, ProviderSettings provider, DateTimeOffset now)
    {
        var judged = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = keys,
            ValidAlgorithms = Provider.Algorithms,
            ValidTypes = provider.Dialect.LogoutTypes,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = Provider.ClockSkew,
            LifetimeValidator = (notBefore, expires, _, _) =>
                expires is { } end && now.UtcDateTime <= end + Provider.ClockSkew && (notBefore is null || now.UtcDateTime >= notBefore - Provider.ClockSkew),
        });
        if (!judged.IsValid || judged.SecurityToken is not JsonWebToken jwt)
            return null;
        // A nonce marks a token that signs somebody in; taking it here would let one be used as the other (section 2.4).
        if (jwt.TryGetPayloadValue<object>("nonce", out _) || !HasEvent(jwt))
            return null;
        var issued = new DateTimeOffset(jwt.IssuedAt, TimeSpan.Zero);
        if (jwt.IssuedAt == DateTime.MinValue || now - issued > Oldest + Provider.ClockSkew || issued > now + Provider.ClockSkew)
            return null;
        jwt.TryGetPayloadValue<string>("jti", out var id);
        jwt.TryGetPayloadValue<string>("sid", out var session);
        var subject = provider.Dialect.SubjectOf(jwt);
        return string.IsNullOrEmpty(id) || (string.IsNullOrEmpty(session) && string.IsNullOrEmpty(subject))
            ? null
            : new ProviderSignOut(issuer, id, session, subject, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero));
    }

    private static bool HasEvent(JsonWebToken token) =>
        token.TryGetPayloadValue<JsonElement>("events", out var events) && events.ValueKind == JsonValueKind.Object
        && events.TryGetProperty(LogoutEvent, out var told) && told.ValueKind == JsonValueKind.Object;

    private static IResult Refused() => Results.Json(new { error = "invalid_request" }, statusCode: StatusCodes.Status400BadRequest);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DorsetCareRecord.Simulator.Development;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>
/// An identity provider that says whatever a test wants: an honest one, or one whose tokens are forged, stale, for others or
/// incomplete. It signs by hand, so that what is wrong with a token is plain to see.
/// </summary>
internal sealed class StrangeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, JsonObject> _asked = [];
    private readonly List<string> _nonces = [];

    private StrangeProvider(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Changes what is about to be said in the ID token.</summary>
    public Action<JsonObject> Claims { get; set; } = static _ => { };

    /// <summary>Changes the header of the ID token.</summary>
    public Action<JsonObject> Header { get; set; } = static _ => { };

    /// <summary>What the user information endpoint says beside <c>sub</c>.</summary>
    public Func<JsonObject> UserInformation { get; set; } = static () => [];

    /// <summary>Signs the ID token; null for the provider's own key.</summary>
    public Func<string, string>? Signature { get; set; }

    /// <summary>Nonces it was asked to put into tokens, oldest first.</summary>
    public IReadOnlyList<string> Nonces => _nonces;

    /// <summary>What the portal last asked of a browser that came.</summary>
    public IReadOnlyDictionary<string, string> LastAsked { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the portal last asked at the token endpoint.</summary>
    public IReadOnlyDictionary<string, string> LastExchange { get; private set; } = new Dictionary<string, string>();

    public static async Task<StrangeProvider> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var provider = new StrangeProvider(builder.Build(), address);
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private string Issuer => Address.ToString().TrimEnd('/');

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    /// <summary>An honest provider again, whatever the test before made of it.</summary>
    public void BeHonest()
    {
        Claims = static _ => { };
        Header = static _ => { };
        UserInformation = static () => [];
        Signature = null;
    }

    /// <summary>A logout token as the standard has it, before a test has its way with it.</summary>
    public string LogoutToken(string? session, string? subject, Action<JsonObject>? claims = null, Action<JsonObject>? header = null,
        Func<string, string>? signature = null)
    {
        var said = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = "dcr-portal",
            ["iat"] = Now,
            ["exp"] = Now + 120,
            ["jti"] = Guid.NewGuid().ToString("n"),
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
        if (session is not null)
            said["sid"] = session;
        if (subject is not null)
            said["sub"] = subject;
        claims?.Invoke(said);
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "logout+jwt", ["kid"] = "k1" };
        header?.Invoke(head);
        return Token(head, said, signature);
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["response_types_supported"] = new[] { "code" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = _key.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Encode(key.Modulus!), e = Encode(key.Exponent!) } } });
        });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", ExchangeAsync);
        _app.MapGet("/userinfo", (HttpRequest request) =>
        {
            var told = UserInformation();
            told["sub"] ??= request.Headers.Authorization.ToString()["Bearer ".Length..];
            return Results.Text(told.ToJsonString(), "application/json");
        });
    }

    private IResult Authorize(HttpRequest request)
    {
        var code = Guid.NewGuid().ToString("n");
        LastAsked = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        _nonces.Add(request.Query["nonce"].ToString());
        _asked[code] = new JsonObject { ["nonce"] = request.Query["nonce"].ToString(), ["max_age"] = request.Query["max_age"].ToString() };
        return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"].ToString())}");
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        LastExchange = form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (!_asked.Remove(form["code"].ToString(), out var asked))
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var said = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = "dcr-portal",
            ["sub"] = "clinician.dch",
            ["nonce"] = asked["nonce"]!.GetValue<string>(),
            ["iat"] = Now,
            ["exp"] = Now + 300,
            ["auth_time"] = Now,
            ["sid"] = "s-" + Guid.NewGuid().ToString("n"),
            ["acr"] = "AAL3_ANY",
        };
        Claims(said);
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "k1" };
        Header(head);
        var subject = said["sub"]?.GetValue<string>() ?? "";
        return Results.Json(new { access_token = subject.Length > 0 ? subject : "-", token_type = "Bearer", id_token = Token(head, said, Signature) });
    }

    private string Token(JsonObject header, JsonObject claims, Func<string, string>? signature)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{signature?.Invoke(signed) ?? Encode(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>A signature of the right kind by a key of nobody's.</summary>
    public static string Forge(string text)
    {
        using var other = RSA.Create(2048);
        return Encode(other.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

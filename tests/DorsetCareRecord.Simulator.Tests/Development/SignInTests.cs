using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Development.SignIn;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Development;

/// <summary>The development provider as a portal meets it: over HTTP, knowing nothing of its inside.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Callback = "http://127.0.0.1:8080/signin-oidc";
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("dcr-signin-").FullName;
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private SignInHost? _host;

    public async ValueTask InitializeAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        _host = await SignInHost.StartAsync(new SignInOptions { Address = address, Portals = [new(Callback)], KeyFolder = _folder });
        _browser.BaseAddress = address;
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task When_a_demo_user_is_chosen_then_the_tokens_say_who_with_what_role_and_how_strongly()
    {
        var code = await ChooseAsync("clinician.dch");

        using var answer = await RedeemAsync(code, Verifier);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var identity = Payload(tokens.GetProperty("id_token").GetString()!);
        var profile = await ProfileAsync(tokens.GetProperty("access_token").GetString()!);

        Assert.Equal(_browser.BaseAddress!.ToString(), identity.GetProperty("iss").GetString());
        Assert.Equal("dcr-portal", identity.GetProperty("aud").GetString());
        Assert.Equal("n-1", identity.GetProperty("nonce").GetString());
        foreach (var claims in (JsonElement[])[identity, profile])
        {
            Assert.Equal("clinician.dch", claims.GetProperty("sub").GetString());
            Assert.Equal("dch", claims.GetProperty("dcr_org").GetString());
            Assert.Equal("clinician", claims.GetProperty("dcr_role").GetString());
            Assert.Equal("Dr Anna Lovell", claims.GetProperty("name").GetString());
            Assert.NotEmpty(claims.GetProperty("sid").GetString()!);
        }

        Assert.Equal("AAL3_ANY", identity.GetProperty("acr").GetString());
    }

    [Fact]
    public async Task When_the_page_opens_then_every_demo_user_is_a_button()
    {
        var page = await _browser.GetStringAsync(AuthorizeUrl());

        Assert.All(DemoDirectory.Load().Users, user => Assert.Contains($">{user.Subject}</button>", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_the_verifier_is_wrong_then_no_token_is_given()
    {
        var code = await ChooseAsync("nurse.dch");

        using var answer = await RedeemAsync(code, Verifier + "x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("client_id=dcr-portal", "client_id=other")]
    [InlineData("127.0.0.1%3A8080", "elsewhere.example")]
    [InlineData("code_challenge=", "ignored=")]
    public async Task When_client_address_or_proof_key_are_wrong_then_nobody_is_asked(string part, string instead)
    {
        using var answer = await _browser.GetAsync(AuthorizeUrl().Replace(part, instead, StringComparison.Ordinal));

        var sentBackWithError = answer.Headers.Location?.Query.Contains("error=", StringComparison.Ordinal) == true;
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized || sentBackWithError);
        Assert.DoesNotContain("<button", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_an_unknown_name_is_posted_then_the_page_asks_again()
    {
        using var answer = await _browser.PostAsync("/connect/authorize", Form("stranger"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/signout-callback-oidc", HttpStatusCode.Redirect)]
    [InlineData("http://elsewhere.example/", HttpStatusCode.BadRequest)]
    public async Task When_signing_out_then_only_the_portal_is_a_way_back(string way, HttpStatusCode expected)
    {
        using var answer = await _browser.GetAsync(
            $"/connect/endsession?client_id=dcr-portal&state=s&post_logout_redirect_uri={Uri.EscapeDataString(way)}");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task When_it_starts_again_then_its_keys_are_the_same()
    {
        var before = await _browser.GetStringAsync("/.well-known/jwks");
        await _host!.DisposeAsync();

        _host = await SignInHost.StartAsync(new SignInOptions { Address = _browser.BaseAddress!, Portals = [], KeyFolder = _folder });

        Assert.Equal(before, await _browser.GetStringAsync("/.well-known/jwks"));
        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private static Dictionary<string, string> Question() => new()
    {
        ["client_id"] = "dcr-portal",
        ["response_type"] = "code",
        ["redirect_uri"] = Callback,
        ["scope"] = "openid profile",
        ["state"] = "s-1",
        ["nonce"] = "n-1",
        ["code_challenge"] = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
    };

    private static string AuthorizeUrl() =>
        "/connect/authorize?" + string.Join('&', Question().Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}"));

    private static FormUrlEncodedContent Form(string user) => new([.. Question(), new("demo_user", user)]);

    private async Task<string> ChooseAsync(string user)
    {
        using var answer = await _browser.PostAsync("/connect/authorize", Form(user));
        var way = answer.Headers.Location!;
        Assert.StartsWith(Callback, way.ToString(), StringComparison.Ordinal);
        return way.Query.TrimStart('?').Split('&').Single(q => q.StartsWith("code=", StringComparison.Ordinal))["code=".Length..];
    }

    private async Task<HttpResponseMessage> RedeemAsync(string code, string verifier)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "dcr-portal",
            ["code"] = Uri.UnescapeDataString(code),
            ["redirect_uri"] = Callback,
            ["code_verifier"] = verifier,
        });
        return await _browser.PostAsync("/connect/token", form);
    }

    private async Task<JsonElement> ProfileAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _browser.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static JsonElement Payload(string token)
    {
        var part = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonSerializer.Deserialize<JsonElement>(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')));
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

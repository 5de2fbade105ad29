using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>The provider signs people out (trust rule ID-6; test S07), and a false logout token signs nobody out.</summary>
[Collection(SignInCollection.Name)]
public sealed class BackChannelTests(SignInHouse house)
{
    private Uri _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StrangeProvider Provider => house.Provider;

    [Fact]
    public async Task ID_6_When_the_provider_signs_somebody_out_then_their_session_ends_and_a_false_token_ends_nothing()
    {
        _portal = await house.OpenAsync("standard");
        using var caller = await SignInAsync("the-session");

        foreach (var (wrong, token) in FalseLogouts())
        {
            Assert.True(HttpStatusCode.BadRequest == await LogOutAsync(token), $"{wrong} was taken");
            Assert.True(HttpStatusCode.OK == await StatusAsync(caller), $"{wrong} ended the session");
        }

        var good = Provider.LogoutToken("the-session", null);
        Assert.Equal(HttpStatusCode.OK, await LogOutAsync(good));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(caller));
        Assert.Equal("provider-sign-out clinician.dch", await house.AskAsync(
            "select action || ' ' || subject from access.audit where action like '%sign-out' order by seq desc limit 1"));

        using var again = await SignInAsync("the-session");
        Assert.Equal(HttpStatusCode.BadRequest, await LogOutAsync(good)); // good once
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again));
    }

    [Fact]
    public async Task ID_6_When_a_logout_token_names_a_person_then_all_their_sessions_end_and_no_others()
    {
        _portal = await house.OpenAsync("standard");
        using var ward = await SignInAsync("on-the-ward");
        using var office = await SignInAsync("in-the-office");
        using var other = await SignInAsync("somebody-else", "nurse.dch");

        Assert.Equal(HttpStatusCode.OK, await LogOutAsync(Provider.LogoutToken(null, "clinician.dch")));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(ward));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(office));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));
    }

    /// <summary>The goal is 5 seconds; the heartbeat that would tell it anyhow comes after 15, which this does not wait for.</summary>
    [Fact]
    public async Task When_the_provider_signs_somebody_out_then_their_open_page_is_told_before_the_next_heartbeat()
    {
        _portal = await house.OpenAsync("standard");
        using var caller = await SignInAsync("watching");
        using var live = await caller.ListenAsync($"/record/{house.Edith}/live", Cancel);
        using var events = new StreamReader(await live.Content.ReadAsStreamAsync(Cancel));
        await UntilAsync(events, "beat", "changed"); // the first look of all; from here on it waits
        var since = Stopwatch.StartNew();

        Assert.Equal(HttpStatusCode.OK, await LogOutAsync(Provider.LogoutToken("watching", null)));
        await UntilAsync(events, "over");

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"told after {since.Elapsed}");
        Assert.Null(await events.ReadLineAsync(Cancel) is { Length: > 0 } more ? more : null);
    }

    private static async Task UntilAsync(StreamReader events, params string[] kinds)
    {
        while (await events.ReadLineAsync(Cancel) is { } line)
        {
            if (kinds.Any(kind => line == $"event: {kind}"))
            {
                while (await events.ReadLineAsync(Cancel) is { Length: > 0 })
                {
                }

                return;
            }
        }

        Assert.Fail($"The stream ended without {string.Join(" or ", kinds)}.");
    }

    private IEnumerable<(string Wrong, string Token)> FalseLogouts() =>
    [
        ("nonsense", "x.y.z"),
        ("an ID token's type", Provider.LogoutToken("the-session", null, header: h => h["typ"] = "JWT")),
        ("a nonce", Provider.LogoutToken("the-session", null, c => c["nonce"] = "1")),
        ("no event", Provider.LogoutToken("the-session", null, c => c.Remove("events"))),
        ("another event", Provider.LogoutToken("the-session", null, c => c["events"] = new JsonObject { ["x"] = new JsonObject() })),
        ("another audience", Provider.LogoutToken("the-session", null, c => c["aud"] = "other")),
        ("another issuer", Provider.LogoutToken("the-session", null, c => c["iss"] = "http://127.0.0.1:9")),
        ("no id", Provider.LogoutToken("the-session", null, c => c.Remove("jti"))),
        ("no end", Provider.LogoutToken("the-session", null, c => c.Remove("exp"))),
        ("over", Provider.LogoutToken("the-session", null, c => { c["iat"] = StrangeProvider.Now - 100; c["exp"] = StrangeProvider.Now - 90; })),
        ("an old one", Provider.LogoutToken("the-session", null, c => c["iat"] = StrangeProvider.Now - 900)),
        ("of tomorrow", Provider.LogoutToken("the-session", null, c => { c["iat"] = StrangeProvider.Now + 900; c["exp"] = StrangeProvider.Now + 1000; })),
        ("nobody", Provider.LogoutToken(null, null)),
        ("unsigned", Provider.LogoutToken("the-session", null, header: h => h["alg"] = "none", signature: _ => "")),
        ("signed by a secret", Provider.LogoutToken("the-session", null, header: h => h["alg"] = "HS256",
            signature: text => StrangeProvider.Encode(HMACSHA256.HashData("dcr-portal"u8.ToArray(), Encoding.ASCII.GetBytes(text))))),
        ("forged", Provider.LogoutToken("the-session", null, signature: StrangeProvider.Forge)),
    ];

    private async Task<Caller> SignInAsync(string session, string subject = "clinician.dch")
    {
        Provider.Claims = claims =>
        {
            claims["sub"] = subject;
            claims["sid"] = session;
        };
        var caller = new Caller(_portal);
        Assert.Equal(("/", HttpStatusCode.OK), await caller.FollowAsync("/", Cancel));
        return caller;
    }

    private static async Task<HttpStatusCode> StatusAsync(Caller caller)
    {
        using var answer = await caller.GetAsync("/", Cancel);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> LogOutAsync(string token)
    {
        using var provider = new Caller(_portal);
        using var answer = await provider.PostAsync("/signout-backchannel", [new("logout_token", token)], Cancel);
        return answer.StatusCode;
    }
}

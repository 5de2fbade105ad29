using System.Net;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>The way back from the provider is good once, for the browser that set out, at the provider it set out to (ID-5, ID-11; S06, S09).</summary>
[Collection(SignInCollection.Name)]
public sealed class WayBackTests(SignInHouse house)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_way_back_is_walked_twice_or_by_another_browser_then_nobody_is_let_in()
    {
        using var caller = new Caller(await house.OpenAsync("standard"));
        var back = await caller.UntilAsync("/", "/signin-oidc", Cancel);
        var setOut = caller.Cookies;

        using var victim = new Caller(caller.Portal); // has been sent a stranger's answer: state without its cookie
        Assert.Equal("/sign-in-failed", (await victim.FollowAsync(back, Cancel)).Path);
        Assert.Equal(("/", HttpStatusCode.OK), await caller.FollowAsync(back, Cancel));

        using var thief = new Caller(caller.Portal, setOut); // has all that the browser had, and the code was used
        Assert.Equal("/sign-in-failed", (await thief.FollowAsync(back, Cancel)).Path);
        using var again = new Caller(caller.Portal);
        await again.UntilAsync("/", "/signin-oidc", Cancel);
        Assert.Equal("/sign-in-failed", (await again.FollowAsync(back, Cancel)).Path); // another sign-in's state and code
    }

    [Fact]
    public async Task When_an_answer_for_one_provider_comes_by_the_way_of_another_then_nobody_is_let_in()
    {
        using var caller = new Caller(await house.OpenAsync("standard", "standard"));
        using (var page = await caller.GetAsync("/record/x", Cancel))
            Assert.Equal("/sign-in", page.Headers.Location?.AbsolutePath);
        using var chosen = await caller.PostAsync("/sign-in", [new("provider", "2"), new("to", "//elsewhere.test")], Cancel);
        var back = await caller.UntilAsync(chosen.Headers.Location!.ToString(), "/signin-oidc-2", Cancel);

        Assert.Equal("/sign-in-failed", (await caller.FollowAsync(back.Replace("/signin-oidc-2", "/signin-oidc", StringComparison.Ordinal), Cancel)).Path);
        Assert.Equal(("/", HttpStatusCode.OK), await caller.FollowAsync(back, Cancel)); // and to a page of ours only
    }

    /// <summary>
    /// Anybody can set out, and come back as from the provider with words of their own in the place of what went wrong there (S18, ID-8). What
    /// the portal writes is heard where it writes it.
    /// </summary>
    [Fact]
    public async Task S18_When_a_way_back_brings_words_then_none_of_them_is_in_the_log()
    {
        using var caller = new Caller(await house.OpenAsync("standard"));
        var back = await caller.UntilAsync("/", "/signin-oidc", Cancel);
        var state = System.Web.HttpUtility.ParseQueryString(back[back.IndexOf('?', StringComparison.Ordinal)..])["state"];
        var before = Console.Out;
        await using var heard = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(heard));
        try
        {
            var path = $"/signin-oidc?error=quxerror%0Aforged&error_description=quxwords%0A2026-01-01%20INF%20forged&error_uri=quxplace&state={Uri.EscapeDataString(state!)}";
            Assert.Equal(("/sign-in-failed", HttpStatusCode.OK), await caller.FollowAsync(path, Cancel));
        }
        finally
        {
            Console.SetOut(before);
            await before.WriteAsync(heard.ToString());
        }

        Assert.Contains("Sign-in failed: OpenIdConnectProtocolException", heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch("qux|forged", heard.ToString());
    }

    [Fact]
    public async Task ID_11_When_the_same_browser_signs_in_anew_then_the_older_session_opens_nothing()
    {
        using var caller = new Caller(await house.OpenAsync("standard"));
        await caller.FollowAsync("/", Cancel);
        using var older = new Caller(caller.Portal, caller.Cookies);
        house.Provider.Claims = claims => claims["sub"] = "nurse.dch";

        using var chosen = await caller.PostAsync("/sign-in", [new("provider", "1"), new("to", "/")], Cancel);
        Assert.Equal(("/", HttpStatusCode.OK), await caller.FollowAsync(chosen.Headers.Location!.ToString(), Cancel));

        using var left = await older.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.Equal("replace-session clinician.dch, sign-in nurse.dch", await house.AskAsync("""
            select string_agg(action || ' ' || subject, ', ' order by seq desc)
            from (select * from access.audit where action in ('sign-in', 'replace-session') order by seq desc limit 2) a
            """));
    }
}

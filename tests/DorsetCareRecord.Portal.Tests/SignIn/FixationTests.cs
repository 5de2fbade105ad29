using System.Net;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>A session somebody else put into the browser beforehand is never the one that is signed in to (S06; ASVS 5.0, 7.2.4).</summary>
[Collection(SignInCollection.Name)]
public sealed class FixationTests(SignInHouse house)
{
    private const string Session = "dcr-session";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_strangers_session_was_put_into_the_browser_then_signing_in_leaves_it_and_ends_it()
    {
        var portal = await house.OpenAsync("standard");
        house.Provider.Claims = claims => claims["sub"] = "clerk.rbch";
        using var thief = new Caller(portal);
        await thief.FollowAsync("/", Cancel);
        var planted = thief.Cookies.Single(cookie => cookie.Name == Session);

        using var victim = new Caller(portal, [planted]);
        house.Provider.Claims = claims => claims["sub"] = "clinician.dch";
        using var chosen = await victim.PostAsync("/sign-in", [new("provider", "1"), new("to", "/")], Cancel);
        Assert.Equal(("/", HttpStatusCode.OK), await victim.FollowAsync(chosen.Headers.Location!.ToString(), Cancel));

        Assert.NotEqual(planted.Value, victim.Cookies.Single(cookie => cookie.Name == Session).Value);
        using var followed = await thief.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, followed.StatusCode); // the planted one opens neither's pages
        Assert.Equal(("/", HttpStatusCode.OK), await victim.FollowAsync("/", Cancel));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task When_a_made_up_cookie_was_put_into_the_browser_then_it_is_nobodys_and_signing_in_replaces_it(string value)
    {
        var portal = await house.OpenAsync("standard");
        using var victim = new Caller(portal, [new Cookie(Session, value, "/")]);
        using var before = await victim.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);

        Assert.Equal(("/", HttpStatusCode.OK), await victim.FollowAsync("/", Cancel));

        Assert.NotEqual(value, victim.Cookies.Single(cookie => cookie.Name == Session).Value);
    }
}

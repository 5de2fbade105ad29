using System.Net;
using System.Text.RegularExpressions;
using DorsetCareRecord.Portal.SignIn.Providers;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Development.SignIn;
using Microsoft.AspNetCore.WebUtilities;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>Somebody whom two organisations enabled, from the development sign-in to the record and from one organisation to the other; by forms only.</summary>
[Collection(SignInCollection.Name)]
public sealed partial class ChooseTests(SignInHouse house)
{
    private const string Token = "__RequestVerificationToken";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ID_11_When_two_organisations_enabled_somebody_then_they_choose_change_and_the_session_of_before_is_dead()
    {
        var provider = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var portal = await house.OpenAsync("development", pace: 0, new ProviderSettings
        {
            Number = 1, Name = "development", Dialect = Dialect.Find("standard")!, Authority = provider, ClientId = SignInHost.ClientId,
            Strengths = ProviderSettings.Cis2Strengths.Split(' ').ToHashSet(),
        });
        var keys = Directory.CreateTempSubdirectory("dcr-choose-").FullName;
        await using var signIn = await SignInHost.StartAsync(new SignInOptions { Address = provider, Portals = [portal], KeyFolder = keys }, Cancel);
        using var locum = new Caller(portal);
        var medicines = $"/record/{house.Edith}/medicines";

        // At the development sign-in; on the way back they are asked, and until they say so there is no page but that one.
        var asked = QueryHelpers.ParseQuery((await locum.UntilAsync(medicines, "/connect/authorize", Cancel)).Split('?')[1]);
        using (var chosen = await locum.PostAsync($"{provider}connect/authorize",
            [.. asked.Select(field => KeyValuePair.Create(field.Key, $"{field.Value}")), new("demo_user", "locum")], Cancel))
            Assert.Equal(("/choose", HttpStatusCode.OK), await locum.FollowAsync(chosen.Headers.Location!.ToString(), Cancel));
        Assert.Equal(("/choose", HttpStatusCode.OK), await locum.FollowAsync("/my-sessions", Cancel));
        using (var refused = await locum.GetAsync("/session", Cancel))
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var (token, page) = await locum.FormAsync($"/choose?to={Uri.EscapeDataString(medicines)}", Cancel);
        Assert.Contains($"name=\"to\" value=\"{medicines}\"", page, StringComparison.Ordinal);

        using var undecided = new Caller(portal, locum.Cookies);
        using (var entered = await locum.PostAsync("/choose", [new(Token, token), new("account", Of(page, "Dorset County")), new("to", medicines)], Cancel))
            Assert.Equal((medicines, HttpStatusCode.OK), await locum.FollowAsync(entered.Headers.Location!.ToString(), Cancel));
        using (var dead = await undecided.GetAsync("/choose", Cancel))
            Assert.Contains("/connect/authorize", $"{dead.Headers.Location}", StringComparison.Ordinal);

        // Another organisation: nobody open goes along, and this one knows no relationship.
        using var before = new Caller(portal, locum.Cookies);
        (_, page) = await locum.FormAsync("/", Cancel);
        Assert.Contains("<a href=\"/choose\">Change organisation</a>", page, StringComparison.Ordinal);
        (token, page) = await locum.FormAsync("/choose", Cancel);
        var elsewhere = Of(page, "Royal Bournemouth");
        using (var bare = await locum.PostAsync("/choose", [new("account", elsewhere)], Cancel))
            Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        using (var changed = await locum.PostAsync("/choose", [new(Token, token), new("account", elsewhere), new("to", medicines)], Cancel))
            Assert.Equal("/", changed.Headers.Location?.ToString());

        Assert.Equal(($"/record/{house.Edith}/why", HttpStatusCode.OK), await locum.FollowAsync(medicines, Cancel));
        // A page that is still open asks by itself, or goes to the first page: the answer may come after that of the choice, and must not take the
        // new cookie away.
        using (var asks = await before.GetAsync("/session", Cancel))
            Assert.Equal((HttpStatusCode.Unauthorized, false), (asks.StatusCode, asks.Headers.Contains("Set-Cookie")));
        using var over = await before.GetAsync(medicines, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        Assert.DoesNotContain(over.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], cookie => cookie.Contains("dcr-session=", StringComparison.Ordinal));
        Assert.Equal("sign-in dch, replace-session dch, switch-organisation rbch", await house.AskAsync("""
            select string_agg(action || ' ' || organisation, ', ' order by seq) from access.audit
            where subject = 'locum' and action in ('sign-in', 'replace-session', 'switch-organisation')
            """));
    }

    private static string Of(string page, string organisation) =>
        Choice().Matches(page).Single(match => match.Groups[2].Value.StartsWith(organisation, StringComparison.Ordinal)).Groups[1].Value;

    [GeneratedRegex("name=\"account\" value=\"([0-9a-f-]{36})\">([^<]+)")]
    private static partial Regex Choice();
}

using System.Net;
using System.Text.Json;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>What an open page is told of its session (ID-10): asking does not keep it, staying does.</summary>
[Collection(SignInCollection.Name)]
public sealed class SessionClockTests(SignInHouse house)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_page_asks_how_long_is_left_then_it_hears_and_the_session_does_not_last_longer_for_it()
    {
        using var caller = new Caller(await house.OpenAsync("standard"));
        house.Provider.Claims = claims => claims["sid"] = "clock";
        var (token, _) = await caller.FormAsync("/", Cancel);
        await AgoAsync("13 minutes", "14 minutes");

        Assert.InRange(await LeftAsync(caller), 1, 60);
        Assert.InRange(await LeftAsync(caller), 1, 60);
        using var without = await caller.PostAsync("/session", [], Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using var stay = await caller.PostAsync("/session", [new("__RequestVerificationToken", token)], Cancel);
        Assert.Equal(HttpStatusCode.OK, stay.StatusCode);

        Assert.InRange(await LeftAsync(caller), 870, 900);
        await AgoAsync("11 hours 59 minutes 30 seconds", "1 minute");
        Assert.InRange(await LeftAsync(caller, "absolute"), 1, 30);
        await AgoAsync("12 hours 1 minute", "1 minute");
        using var over = await caller.GetAsync("/session", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);

        // What was left on a screen does not sign itself in again because the provider still knows somebody; and whoever wants to go, goes.
        using var goes = await caller.PostAsync("/sign-out", [new("__RequestVerificationToken", token)], Cancel);
        Assert.Equal("/signed-out", goes.Headers.Location?.ToString());
        Assert.Contains("\"cache\"", Assert.Single(goes.Headers.GetValues("Clear-Site-Data")), StringComparison.Ordinal);
        using var page = await caller.GetAsync("/", Cancel);
        Assert.Contains("prompt=login", page.Headers.Location?.Query, StringComparison.Ordinal);
        using var nobody = new Caller(caller.Portal);
        using var first = await nobody.GetAsync("/", Cancel);
        Assert.DoesNotContain("prompt", first.Headers.Location?.Query, StringComparison.Ordinal);
    }

    private Task<string?> AgoAsync(string started, string seen) => house.AskAsync(
        $"update access.session set started_at = now() - interval '{started}', seen_at = now() - interval '{seen}' where provider_session = 'clock'");

    private static async Task<int> LeftAsync(Caller caller, string limit = "idle")
    {
        using var answer = await caller.GetAsync("/session", Cancel);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(limit, said.RootElement.GetProperty("limit").GetString());
        return said.RootElement.GetProperty("seconds").GetInt32();
    }
}

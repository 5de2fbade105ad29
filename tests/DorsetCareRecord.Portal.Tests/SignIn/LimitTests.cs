using System.Net;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>How much one may ask for (S22): a person, not an address, is what is limited.</summary>
[Collection(SignInCollection.Name)]
public sealed class LimitTests(SignInHouse house)
{
    /// <summary>Well above the burst of a reader, with a few tokens that come back meanwhile.</summary>
    private const int Many = 400;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S22_When_one_reads_like_a_machine_then_they_are_told_to_wait_and_a_colleague_at_the_same_address_is_not()
    {
        var portal = await house.OpenAsync("slow", pace: 0.1, house.Named("standard"));
        using var busy = await SignInAsync(portal, "clinician.dch");
        using var colleague = await SignInAsync(portal, "nurse.dch");

        using var refused = await RefusedAsync(busy);

        Assert.NotNull(refused);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.True(refused.Headers.CacheControl?.NoStore);
        Assert.Contains("Too many requests", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var other = await colleague.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var health = await busy.GetAsync("/health/live", Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task S21_When_too_many_searches_found_nobody_then_the_next_is_told_to_wait_and_for_how_long()
    {
        using var caller = await SignInAsync(await house.OpenAsync("standard"), "gp.ccg");
        var (token, _) = await caller.FormAsync("/", Cancel);
        await house.AskAsync("""
            insert into access.search_miss (id, account_id, at)
            select gen_random_uuid(), a.id, now() - interval '50 minutes' from access.account a, generate_series(1, 30) where a.subject = 'gp.ccg'
            """);

        using var refused = await caller.PostAsync("/", [new("__RequestVerificationToken", token), new("Words", "nobody 1 1 1950")], Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 500, 600);
        Assert.Contains("You can search again in 10 minutes", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    /// <summary>The cheapest page there is: what is limited is the asking.</summary>
    private static async Task<HttpResponseMessage?> RefusedAsync(Caller caller)
    {
        for (var i = 0; i < Many; i++)
        {
            var answer = await caller.GetAsync("/session", Cancel);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return answer;
            answer.Dispose();
        }

        return null;
    }

    private async Task<Caller> SignInAsync(Uri portal, string subject)
    {
        house.Provider.Claims = claims => claims["sub"] = subject;
        var caller = new Caller(portal);
        Assert.Equal(("/", HttpStatusCode.OK), await caller.FollowAsync("/", Cancel));
        return caller;
    }
}

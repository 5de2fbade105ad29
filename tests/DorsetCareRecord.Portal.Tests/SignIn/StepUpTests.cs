using System.Net;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>Acts that want a proof of a moment ago (ID-10, S06): breaking a seal, and opening more to others.</summary>
[Collection(SignInCollection.Name)]
public sealed class StepUpTests(SignInHouse house) : IAsyncLifetime
{
    private const string Token = "__RequestVerificationToken";

    private Uri _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StrangeProvider Provider => house.Provider;

    private string Why => $"/record/{house.Hidden}/why";

    public async ValueTask InitializeAsync() => _portal = await house.OpenAsync("standard");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task When_the_proof_is_old_then_a_seal_is_asked_for_only_after_a_new_one_and_the_session_is_another()
    {
        using var caller = await SignInAsync("clinician.dch", proved: 3600);
        using var older = new Caller(_portal, caller.Cookies);
        var (written, _) = await caller.FormAsync("/my-sessions", Cancel);
        Provider.BeHonest();

        Assert.Equal((Why, HttpStatusCode.OK), await caller.FollowAsync(Why, Cancel));

        Assert.Equal(("login", "0"), (Provider.LastAsked["prompt"], Provider.LastAsked["max_age"]));
        using var left = await older.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        using var again = await caller.GetAsync(Why, Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode); // proved, and not asked again

        // A form of the session before is not heard; what the open page is told of its session makes it heard.
        using var stale = await caller.PostAsync("/my-sessions?handler=Others", [new(Token, written)], Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, stale.StatusCode);
        using var told = System.Text.Json.JsonDocument.Parse(await (await caller.GetAsync("/session", Cancel)).Content.ReadAsStringAsync(Cancel));
        using var heard = await caller.PostAsync("/my-sessions?handler=Others", [new(Token, told.RootElement.GetProperty("token").GetString()!)], Cancel);
        Assert.Equal("/my-sessions", heard.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(null)]
    public async Task When_the_provider_answers_with_an_old_proof_or_none_then_nothing_opens(int? proved)
    {
        using var caller = await SignInAsync("clinician.dch", proved);

        var (path, _) = await caller.FollowAsync(Why, Cancel);

        Assert.StartsWith("/sign-in-short/proof", path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_reason_for_a_seal_is_posted_with_an_old_proof_then_nothing_is_broken_and_the_person_proves_it_first()
    {
        using var caller = await SignInAsync("clinician.dch");
        var (token, _) = await caller.FormAsync(Why, Cancel);
        await AgoAsync("clinician.dch");
        KeyValuePair<string, string>[] form = [new(Token, token), new("why", "emergency"), new("words", "Unconscious in the department")];

        using (var asked = await caller.PostAsync(Why, form, Cancel))
            Assert.Contains("prompt=login", asked.Headers.Location?.Query, StringComparison.Ordinal);

        Assert.Equal("0", await AlertsAsync());
        (token, _) = await caller.FormAsync(Why, Cancel);
        using var open = await caller.PostAsync(Why, [new(Token, token), .. form[1..]], Cancel);
        Assert.Equal($"/record/{house.Hidden}", open.Headers.Location?.ToString());
        Assert.Equal("1", await AlertsAsync());

        Task<string?> AlertsAsync() => house.AskAsync($"select count(*) from access.alert where rule = 'P1' and person_id = '{house.Hidden}'");
    }

    [Fact]
    public async Task When_an_administrator_with_an_old_proof_asks_to_share_then_they_prove_it_first_and_are_told_to_send_it_again()
    {
        using var caller = await SignInAsync("admin.dch");
        var (token, _) = await caller.FormAsync("/admin/agreements", Cancel);
        await AgoAsync("admin.dch");

        using var asked = await caller.PostAsync("/admin/agreements?handler=Share",
            [new(Token, token), new("consumer", "dcc"), new("category", "Letters"), new("purpose", "DirectCare"), new("preset", "least-privilege"), new("why", "x")], Cancel);
        Assert.Contains("prompt=login", asked.Headers.Location?.Query, StringComparison.Ordinal);

        Assert.Equal("0", await house.AskAsync("select count(*) from access.proposal"));
        var (_, page) = await caller.FormAsync(asked.Headers.Location!.ToString(), Cancel);
        Assert.Contains("Send the form once more", page, StringComparison.Ordinal);
    }

    private Task<string?> AgoAsync(string subject) => house.AskAsync($"""
        update access.session set authenticated_at = now() - interval '16 minutes'
        where ended_at is null and account_id = (select id from access.account where subject = '{subject}')
        """);

    /// <param name="proved">Seconds ago; null when the provider does not say.</param>
    private async Task<Caller> SignInAsync(string subject, int? proved = 0)
    {
        Provider.Claims = claims =>
        {
            claims["sub"] = subject;
            claims.Remove("auth_time");
            if (proved is { } seconds)
                claims["auth_time"] = StrangeProvider.Now - seconds;
        };
        var caller = new Caller(_portal);
        var (path, status) = await caller.FollowAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("sign-in", path, StringComparison.Ordinal);
        return caller;
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>One's own sessions on a page, and an administrator's word for somebody's (ASVS 5.0, 7.5.2 and 7.4.5); by forms, without a script.</summary>
[Collection(SignInCollection.Name)]
public sealed partial class MySessionsTests(SignInHouse house)
{
    private const string Token = "__RequestVerificationToken";

    private Uri _portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_somebody_ends_their_other_session_then_its_open_page_is_told_at_once_and_its_next_request_leads_to_sign_in()
    {
        _portal = await house.OpenAsync("standard");
        using var ward = await SignInAsync("nurse.dch");
        using var live = await ward.ListenAsync($"/record/{house.Edith}/live", Cancel);
        using var events = new StreamReader(await live.Content.ReadAsStreamAsync(Cancel));
        using var here = await SignInAsync("nurse.dch");
        var (token, page) = await here.FormAsync("/my-sessions", Cancel);
        var other = Handle().Matches(page)[^1].Groups[1].Value; // the youngest; earlier tests' may be open still
        Assert.Contains(">this one</b>", page, StringComparison.Ordinal);
        KeyValuePair<string, string>[] form = [new(Token, token), new("session", other)];

        // Whoever proved long ago who they are does so first, and sends the form again.
        await house.AskAsync("update access.session set authenticated_at = now() - interval '16 minutes' where ended_at is null");
        using (var asked = await here.PostAsync("/my-sessions?handler=End", form, Cancel))
        {
            Assert.Contains("prompt=login", asked.Headers.Location?.Query, StringComparison.Ordinal);
            using var still = await ward.GetAsync("/", Cancel);
            Assert.Equal(HttpStatusCode.OK, still.StatusCode);
            (token, page) = await here.FormAsync(asked.Headers.Location!.ToString(), Cancel);
            Assert.Contains("Send the form once more", page, StringComparison.Ordinal);
        }

        using var ended = await here.PostAsync("/my-sessions?handler=End", [new(Token, token), form[1]], Cancel);
        string? line;
        do
            line = await events.ReadLineAsync(Cancel);
        while (line is not (null or "event: over"));
        Assert.Equal("event: over", line);

        using var over = await ward.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        (_, page) = await here.FormAsync("/my-sessions", Cancel);
        Assert.Contains("That sign-in is ended.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(other, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_an_administrator_signs_somebody_out_then_all_their_sessions_are_over_and_the_account_is_not()
    {
        _portal = await house.OpenAsync("standard");
        using var nurse = await SignInAsync("nurse.dch");
        using var admin = await SignInAsync("admin.dch");
        var (token, page) = await admin.FormAsync("/admin", Cancel);
        Assert.Contains("wherever they are signed in", page, StringComparison.Ordinal);

        using var answer = await admin.PostAsync("/admin?handler=EndSessions",
            [new(Token, token), new("account", (await house.AskAsync("select id from access.account where subject = 'nurse.dch'"))!)], Cancel);

        Assert.Equal("/admin", answer.Headers.Location?.ToString());
        using var over = await nurse.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        using var again = await SignInAsync("nurse.dch");
    }

    [Fact]
    public async Task When_somebody_looks_then_their_sign_ins_of_the_last_30_days_that_are_over_are_there_and_nobody_elses()
    {
        _portal = await house.OpenAsync("standard");
        using (var then = await SignInAsync("nurse.dch"))
            await house.AskAsync(Aged("nurse.dch", "2 days", "1 day"));
        using (var longAgo = await SignInAsync("nurse.dch"))
            await house.AskAsync(Aged("nurse.dch", "32 days", "31 days"));
        using (var others = await SignInAsync("admin.dch"))
            await house.AskAsync(Aged("admin.dch", "3 days", "3 days"));
        using var nurse = await SignInAsync("nurse.dch");

        var (_, page) = await nurse.FormAsync("/my-sessions", Cancel);

        var earlier = page[page.IndexOf("id=\"earlier\"", StringComparison.Ordinal)..];
        Assert.Contains($"{await DayAsync(2)} ", earlier, StringComparison.Ordinal);
        Assert.DoesNotContain(await DayAsync(32), earlier, StringComparison.Ordinal);
        Assert.DoesNotContain(await DayAsync(3), earlier, StringComparison.Ordinal);
        Assert.Contains("Nurse, Dorset County Hospital", earlier, StringComparison.Ordinal);
    }

    private static string Aged(string subject, string began, string used) => $"""
        update access.session set started_at = now() - interval '{began}', seen_at = now() - interval '{used}', ended_at = now() - interval '{used}'
        where id = (select id from access.session where subject = '{subject}' order by started_at desc limit 1)
        """;

    private async Task<string> DayAsync(int ago) =>
        (await house.AskAsync($"select to_char(now() at time zone 'Europe/London' - interval '{ago} days', 'DD-Mon-YYYY')"))!;

    private async Task<Caller> SignInAsync(string subject)
    {
        house.Provider.Claims = claims => claims["sub"] = subject;
        var caller = new Caller(_portal);
        var (_, status) = await caller.FollowAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.OK, status);
        return caller;
    }

    [GeneratedRegex("name=\"session\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex Handle();
}

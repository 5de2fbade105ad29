using System.Net;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Who is let in, who is turned away, and what every answer carries.</summary>
public sealed class DoorstepTests(OpenHouse house)
{
    [Fact]
    public async Task When_nobody_is_signed_in_then_every_page_leads_to_sign_in_and_scripts_are_refused()
    {
        using var client = house.Client();
        foreach (var path in (string[])["/", "/admin", "/sign-out", .. house.Pages.Select(page => house.Record(page).PathAndQuery)])
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Contains("/connect/authorize", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        using var live = await client.GetAsync(house.Record("live"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, live.StatusCode);
    }

    [Fact]
    public async Task When_sign_in_is_asked_then_it_is_code_flow_with_pkce_state_and_nonce()
    {
        using var client = house.Client();
        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        var query = answer.Headers.Location!.Query;
        foreach (var part in (string[])["response_type=code", "code_challenge_method=S256", "code_challenge=", "state=", "nonce="])
            Assert.Contains(part, query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clinician.dch", "", 200)]
    [InlineData("nurse.dch", "results", 200)]
    [InlineData("socialworker.dcc", "", 200)]
    [InlineData("pharmacist", "medicines", 200)]
    [InlineData("admin.dch", "", 404)]
    [InlineData("admin.dch", "letters", 404)]
    [InlineData("privacy.dch", "", 404)]
    [InlineData("operator", "", 404)]
    [InlineData("operator", "live", 404)]
    public async Task When_a_role_opens_a_record_then_it_is_let_in_or_turned_away(string user, string page, int status)
    {
        await using var visitor = await house.SignInAsync(user);

        var answer = await visitor.OpenAsync(house.Record(page).PathAndQuery);

        Assert.Equal(status, answer.Status);
        if (status == 404)
        {
            Assert.DoesNotContain("HARDWICK", await visitor.Page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
            var nobody = await visitor.OpenAsync($"/record/{Guid.NewGuid()}");
            Assert.Equal(404, nobody.Status);
        }
    }

    [Fact]
    public async Task When_no_relationship_is_known_then_the_page_asks_why_and_then_goes_where_they_were_going()
    {
        await using var visitor = await house.SignInAsync("clinician.rbch", anew: true);
        await visitor.OpenAsync(house.Record("medicines").PathAndQuery);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Why are you looking?");
        Assert.DoesNotContain("Specimen Lane", await visitor.Page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("why");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Open the record" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a reason");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.SayWhyAsync();

        await Expect(visitor.Page).ToHaveURLAsync(house.Record("medicines").ToString());
        await visitor.OpenAsync(house.Record().PathAndQuery);
        await Expect(visitor.Page).ToHaveURLAsync(house.Record().ToString());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task When_a_person_is_restricted_then_a_sentence_opens_the_record_and_tells_nowhere_where_they_are()
    {
        await house.Told.SayAsync("gp", "g-hidden", Told.State("person", new DorsetCareRecord.Record.Sections.Demographics
        {
            FamilyName = "Farwell",
            GivenNames = "Ann",
            Gender = "Female",
            Postcode = "DT9 9ZZ",
            Restricted = true,
            Address = "1 Hidden Close",
            Telephone = "01632 960000",
            PracticeName = "Hidden Surgery",
        }, TimeProvider.System.GetUtcNow()));
        var hidden = await house.Told.PersonOfAsync("gp", "g-hidden");
        await using var visitor = await house.SignInAsync("clinician.dch", anew: true);
        await visitor.OpenAsync($"/record/{hidden}");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You need a reason to open this record");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("breakglass");

        await visitor.Page.GetByLabel("Emergency: life or safety is at risk").CheckAsync();
        await visitor.Page.GetByLabel("In your own words").FillAsync("Unconscious in the emergency department");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Open and record my reason" }).ClickAsync();

        await Expect(visitor.Page.GetByText("Restricted person: address and contact details are not shown.")).ToBeVisibleAsync();
        foreach (var page in house.Pages)
        {
            await visitor.OpenAsync($"/record/{hidden}/{page}".TrimEnd('/'));
            var content = await visitor.Page.ContentAsync();
            foreach (var place in (string[])["Hidden Close", "960000", "Hidden Surgery", "DT9 9ZZ"])
                Assert.DoesNotContain(place, content, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("P1", await house.AskAsync($"select string_agg(rule, ' ') from access.alert where person_id = '{hidden}'"));
    }

    [Theory]
    [InlineData("clinician.dch", 404)]
    [InlineData("operator", 404)]
    [InlineData("admin.dcc", 200)]
    public async Task When_a_role_opens_administration_then_only_administrators_are_let_in(string user, int status)
    {
        await using var visitor = await house.SignInAsync(user);

        Assert.Equal(status, (await visitor.OpenAsync("/admin")).Status);
    }

    [Fact]
    public async Task When_a_role_sees_no_results_then_the_page_says_so_and_nothing_of_them_is_there()
    {
        await using var visitor = await house.SignInAsync("socialworker.dcc");
        await visitor.OpenAsync(house.Record().PathAndQuery);

        await Expect(visitor.Page.Locator("#results")).ToContainTextAsync("Not available to your role.");
        var page = await visitor.Page.ContentAsync();
        Assert.DoesNotContain("umol/L", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Heart failure clinic letter", page, StringComparison.OrdinalIgnoreCase);
        await visitor.PhotographAsync("summary-socialworker");
    }

    [Fact]
    public async Task When_an_administrator_works_on_a_narrow_screen_then_no_page_is_wider_than_it_and_axe_finds_nothing()
    {
        await using var admin = await house.SignInAsync("admin.dch", width: 400);
        foreach (var path in (string[])["/admin", "/admin/why", "/admin/corrections", "/admin/teams", "/admin/agreements"])
        {
            await admin.OpenAsync(path);
            Assert.True(await admin.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"), $"{path} is too wide");
            Assert.Empty(await admin.AxeAsync());
            await Expect(admin.Page.GetByRole(AriaRole.Navigation, new() { Name = "Administration" }).Locator("[aria-current=page]")).ToHaveCountAsync(1);
        }

        await admin.Page.SetViewportSizeAsync(1280, 800);
        await admin.PhotographAsync("agreements");
    }

    [Fact]
    public async Task S25_When_the_policy_stops_something_then_the_log_says_which_directive_and_nothing_of_the_page()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);

        await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'strangesample()'; document.head.append(script); }"),
            answer => answer.Url.EndsWith("/csp-report", StringComparison.Ordinal));

        // The answer overtakes the line on its way from the other process.
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 400 && !house.Log.Any(IsTold); i++)
            await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.Contains(house.Log, IsTold);
        Assert.DoesNotContain(house.Log, line => line.Contains("strangesample", StringComparison.Ordinal));

        static bool IsTold(string line) => line.EndsWith("The content policy stopped something of a page: script-src-elem", StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_form_comes_without_its_token_then_it_is_refused()
    {
        await using var visitor = await house.SignInAsync("admin.dch");
        var answer = await visitor.Page.Context.APIRequest.PostAsync("/admin?handler=Disable",
            new() { Form = visitor.Page.Context.APIRequest.CreateFormData().Set("account", Guid.NewGuid().ToString()) });

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task When_a_page_answers_then_it_forbids_scripts_of_others_and_is_stored_nowhere()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");

        var headers = (await visitor.OpenAsync(house.Record().PathAndQuery)).Headers;

        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("nosniff", headers["x-content-type-options"]);
        Assert.Equal("no-referrer", headers["referrer-policy"]);
        Assert.Contains("no-store", headers["cache-control"], StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("server"));
        Assert.False(headers.ContainsKey("content-encoding"));
    }

    [Fact]
    public async Task When_people_were_searched_and_read_then_the_log_holds_nothing_of_them()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.FindAsync("hardwick 14 3 1937");
        await visitor.FindAsync("999 000 0018");
        await Expect(visitor.Page).ToHaveURLAsync(house.Record().ToString());

        Assert.NotEmpty(house.Log);
        foreach (var word in (string[])["hardwick", "9990000018", "999 000 0018", "14-Mar-1937", "penicillin", "Specimen Lane", "clinician.dch"])
            Assert.DoesNotContain(house.Log, line => line.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

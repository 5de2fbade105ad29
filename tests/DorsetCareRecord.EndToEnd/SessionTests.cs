using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>How a session ends, and what then stays on a screen.</summary>
public sealed class SessionTests(OpenHouse house)
{
    private static LocatorAssertionsToContainTextOptions Patiently { get; } = new() { Timeout = 30_000 };

    [Fact]
    public async Task When_somebody_ends_a_sign_in_they_left_elsewhere_then_what_is_open_there_leaves_the_screen()
    {
        await using var left = await house.SignInAsync("socialworker.bop", anew: true);
        await left.EnterAsync(house.Record().PathAndQuery);
        await Expect(left.Page.GetByText("HARDWICK").First).ToBeVisibleAsync();
        await using var here = await house.SignInAsync("socialworker.bop", anew: true, width: 400);

        await here.Page.GetByRole(AriaRole.Link, new() { Name = "where you are signed in" }).PressAsync("Enter");
        await Expect(here.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Where you are signed in");
        Assert.True(await here.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"), "the page is too wide");
        Assert.Empty(await here.AxeAsync());
        await here.PhotographAsync("my-sessions", whole: true);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "End the sign-in of" }).PressAsync("Enter");

        await Expect(here.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("That sign-in is ended.");
        await Expect(left.Page.GetByText("HARDWICK")).ToHaveCountAsync(0);
        await Expect(left.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out", new() { Timeout = 30_000 });
        await Expect(here.Page.GetByRole(AriaRole.Button, new() { Name = "End the sign-in of" })).ToHaveCountAsync(0);
        Assert.Empty(await here.AxeAsync());
        Assert.Empty(here.Complaints);
    }

    [Fact]
    public async Task ID_11_When_somebody_goes_to_another_organisation_then_the_page_in_their_other_tab_is_not_shown_on()
    {
        await using var locum = await house.SignInAsync("locum", anew: true, width: 400);
        await Expect(locum.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Which organisation are you working for?");
        Assert.True(await locum.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"), "the page is too wide");
        Assert.Empty(await locum.AxeAsync());
        await locum.PhotographAsync("choose");
        await locum.Page.GetByRole(AriaRole.Button, new() { Name = "Dorset County Hospital" }).PressAsync("Enter");
        await locum.OpenAsync(house.Record().PathAndQuery);
        await Expect(locum.Page.GetByText("HARDWICK").First).ToBeVisibleAsync();

        var tab = await locum.Page.Context.NewPageAsync();
        await tab.GotoAsync("/");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Change organisation" }).PressAsync("Enter");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Royal Bournemouth" }).PressAsync("Enter");
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Royal Bournemouth" })).ToBeVisibleAsync();
        Assert.True(await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"), "the head is too wide");

        await Expect(locum.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Find a person");
        await Expect(locum.Page.GetByText("You have opened no record in the last 7 days.")).ToBeVisibleAsync();
        // The page may have asked while its session had ended and the new one was not there yet: the browser writes down that it was refused.
        Assert.All(locum.Complaints, complaint => Assert.Contains("401", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_an_administrator_disables_a_user_then_their_next_request_is_refused()
    {
        await using var doctor = await house.SignInAsync("clinician.rbch", anew: true);
        await doctor.OpenAsync(house.Record().PathAndQuery);
        await doctor.SayWhyAsync();
        await using var admin = await house.SignInAsync("admin.rbch");
        await Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Royal Bournemouth");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Disable Dr Siân Pritchard" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The account is disabled");
        Assert.Empty(await admin.AxeAsync());
        await admin.PhotographAsync("admin");
        await doctor.Page.ReloadAsync();

        await Expect(doctor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are not enabled for the Dorset Care Record");
        await doctor.OpenAsync("/");
        await doctor.Page.GetByRole(AriaRole.Button, new() { Name = "clinician.rbch", Exact = true }).ClickAsync();
        await Expect(doctor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are not enabled for the Dorset Care Record");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Enable Dr Siân Pritchard" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The account is enabled");
    }

    /// <summary>The browser's clock is held, the server's own time of the session is set back.</summary>
    [Fact]
    public async Task When_nothing_is_done_for_long_then_the_page_warns_can_be_kept_open_and_is_emptied_at_the_end()
    {
        await using var visitor = await house.SignInAsync("nurse.dch", anew: true);
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await visitor.OpenAsync(house.Record().PathAndQuery);
        var warning = page.GetByRole(AriaRole.Alertdialog, new() { Name = "You will be signed out soon" });
        await Expect(warning).ToBeHiddenAsync();

        await LieIdleAsync("13 minutes 5 seconds");
        await page.Clock.FastForwardAsync("13:05");
        await Expect(warning).ToContainTextAsync("You will be signed out in about 2 minutes", Patiently);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" })).ToBeFocusedAsync();
        Assert.Empty(await visitor.AxeAsync());
        await page.Keyboard.PressAsync("Enter");
        await Expect(warning).ToBeHiddenAsync(new() { Timeout = Patiently.Timeout });

        await LieIdleAsync("15 minutes 1 second");
        await page.Clock.FastForwardAsync("15:01");
        await Expect(page.GetByText("HARDWICK")).ToHaveCountAsync(0, new() { Timeout = Patiently.Timeout });
        await page.WaitForURLAsync(url => !url.Contains("/record/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await page.GoBackAsync();
        await Expect(page.GetByText("HARDWICK")).ToHaveCountAsync(0);

        Task LieIdleAsync(string time) => house.AskAsync($"""
            update access.session set seen_at = now() - interval '{time}' where id = (
                select s.id from access.session s join access.account a on a.id = s.account_id where a.subject = 'nurse.dch' order by s.started_at desc limit 1)
            """);
    }

    /// <summary>A lid that was closed, a line that is down: what the page last heard is then the end.</summary>
    [Fact]
    public async Task When_the_server_cannot_be_asked_and_the_session_may_be_over_then_the_page_is_emptied_until_it_can()
    {
        await using var visitor = await house.SignInAsync("nurse.dch", anew: true);
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await visitor.OpenAsync(house.Record().PathAndQuery);
        await Expect(page.GetByText("HARDWICK").First).ToBeVisibleAsync();

        await page.RouteAsync("**/session", route => route.AbortAsync());
        await page.Clock.FastForwardAsync("15:01");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("cannot be reached", Patiently);
        await Expect(page.GetByText("HARDWICK")).ToHaveCountAsync(0);
        Assert.Empty(await visitor.AxeAsync());

        await page.UnrouteAsync("**/session");
        await page.Clock.FastForwardAsync("00:31");
        await Expect(page.GetByText("HARDWICK").First).ToBeVisibleAsync(new() { Timeout = Patiently.Timeout });
    }

    [Fact]
    public async Task When_somebody_signs_out_then_an_old_cookie_opens_nothing()
    {
        await using var visitor = await house.SignInAsync("clinician.dch", anew: true);
        var cookies = await visitor.Page.Context.CookiesAsync();
        // What has no line of its own to the server: paper on the screen, and a page that stands still.
        var (paper, still) = (await visitor.Page.Context.NewPageAsync(), await visitor.Page.Context.NewPageAsync());
        await paper.GotoAsync($"{house.Record("print").PathAndQuery}?sections=Medicines");
        await still.GotoAsync(house.Record("search").PathAndQuery);
        foreach (var tab in (IPage[])[paper, still])
            await Expect(tab.GetByText("HARDWICK").First).ToBeVisibleAsync();

        var said = await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync(),
            answer => answer.Request.Method == "POST");

        Assert.Equal("\"cache\", \"storage\"", await said.HeaderValueAsync("clear-site-data"));
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");
        foreach (var tab in (IPage[])[paper, still])
            await Expect(tab.GetByText("HARDWICK")).ToHaveCountAsync(0, new() { Timeout = 12_000 }); // said by the tab that left, not found out by asking in turn
        await visitor.Page.Context.AddCookiesAsync(cookies.Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path,
        }));
        await visitor.OpenAsync(house.Record().PathAndQuery);
        Assert.Contains("/connect/authorize", visitor.Page.Url, StringComparison.Ordinal);
    }
}

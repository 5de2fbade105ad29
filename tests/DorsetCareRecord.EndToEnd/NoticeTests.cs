using System.Text.RegularExpressions;
using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>What operators say to everybody reaches whoever has a record open, and goes again.</summary>
public sealed class NoticeTests(OpenHouse house)
{
    private const string Words = "Poole Hospital's results are late since 09:00: ring the laboratory.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_an_operator_says_something_then_it_comes_to_an_open_record_stands_on_every_page_and_goes_when_it_is_ended()
    {
        await using var doctor = await house.SignInAsync("clinician.dch");
        await doctor.OpenAsync(house.Record().PathAndQuery);
        await using var desk = await house.SignInAsync("operator", width: 400);
        await desk.OpenAsync("/feeds/notices");
        Assert.Empty(await desk.AxeAsync());
        await desk.Page.GetByLabel("What everybody should know").FillAsync(Words);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Say it to everybody" }).PressAsync("Enter");
        await Expect(desk.Page.GetByText("Said. Open records show it within half a minute, other pages when they are next opened.")).ToBeVisibleAsync();
        try
        {
            await ComesBackUntilAsync(doctor, shown: true);
            await Expect(doctor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(Words); // so a screen reader says it
            await Expect(doctor.Page.Locator(".dcr-notices")).ToContainTextAsync(Words);
            Assert.Empty(await doctor.AxeAsync());
            await doctor.PhotographAsync("notice");

            await desk.OpenAsync("/feeds/notices");
            Assert.True(await desk.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"), "the page is too wide");
            Assert.Empty(await desk.AxeAsync());
            await desk.PhotographAsync("notices", whole: true);
        }
        finally
        {
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "End the notice of" }).ClickAsync();
        }

        await Expect(desk.Page.GetByText("That notice is ended.")).ToBeVisibleAsync();
        await ComesBackUntilAsync(doctor, shown: false);
        await Expect(doctor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        await SaysAllAtOnceAsync(doctor);
        Assert.Empty(doctor.Complaints);
        Assert.Empty(desk.Complaints);
    }

    /// <summary>Of what one refresh brings all is said, and nothing that was said before.</summary>
    private static async Task SaysAllAtOnceAsync(Visitor visitor)
    {
        string[] notices = [];
        await visitor.Page.RouteAsync(visitor.Page.Url, async route =>
        {
            var answer = await route.FetchAsync();
            var paragraphs = string.Concat(notices.Select(notice => $"<p>{notice}</p>"));
            await route.FulfillAsync(new()
            {
                Response = answer,
                Body = (await answer.TextAsync()).Replace("data-live-quiet=\"notices\">", $"data-live-quiet=\"notices\">{paragraphs}", StringComparison.Ordinal)
                    .Replace("data-live-name=\"Allergies\">", $"data-live-name=\"Allergies\">{paragraphs}", StringComparison.Ordinal),
            });
        });
        await BringAsync("First. Second. New notice at the head of this page. ", "First", "Second");
        await BringAsync("Third. New notice at the head of this page. ", "Second", "Third");
        await BringAsync("", "Third");
        await visitor.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors }); // one may be on its way when the page is closed

        async Task BringAsync(string said, params string[] brought)
        {
            notices = brought;
            await visitor.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
            await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex($@"^{Regex.Escape(said)}Allergies updated at \d\d:\d\d$"));
        }
    }

    /// <summary>Whoever comes back to a page is brought up to date at once and does not wait for the next beat of the stream.</summary>
    private static async Task ComesBackUntilAsync(Visitor visitor, bool shown)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await visitor.Page.Locator(".dcr-notices").GetByText(Words).CountAsync() == 1 != shown)
        {
            await visitor.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
            await beat.WaitForNextTickAsync(Cancel);
        }
    }
}

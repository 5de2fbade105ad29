using System.Text;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Letters as staff read them: listed, filtered, opened beside the list, and checked whose they are.</summary>
public sealed class LettersTests(OpenHouse house) : IAsyncLifetime
{
    private string _letters = "";

    public async ValueTask InitializeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await house.Told.SayAsync(SourceCodes.SystemC, Cast.Thomas.HospitalNumber,
            Told.State("person", Told.Demographics(Cast.Thomas), now),
            Told.State("t1", Papers.Letter(LetterKind.Clinic, "Diabetes clinic letter", "application/pdf", Papers.Pdf("Feet examined, NHS No. 999 000 0026")), now),
            Told.State("t2", Papers.Letter(LetterKind.Discharge, "Day surgery discharge", "text/plain", Encoding.UTF8.GetBytes("Hernia repaired."), daysAgo: 40), now),
            Told.State("t3", Papers.Letter(LetterKind.Clinic, "Eye clinic letter", "text/html", Encoding.UTF8.GetBytes("<p>About his mother, 999 000 0018.</p><form action=/sign-out><button>Go</button></form><a href='javascript:alert(1)'>x</a><meta http-equiv=refresh content='0;url=//elsewhere.test'>"), daysAgo: 100) with { Replaces = "t2" }, now));
        _letters = $"/record/{await house.Told.PersonOfAsync(SourceCodes.SystemC, Cast.Thomas.HospitalNumber)}/letters";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task When_a_letter_is_a_pdf_then_its_words_are_in_a_frame_that_can_run_nothing_and_S12_the_file_is_one_click_away()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        visitor.Page.Dialog += (_, _) => Assert.Fail("A letter ran a script.");
        await visitor.EnterAsync(_letters);
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^\\d.+Diabetes clinic letter") }).ClickAsync();

        var frame = visitor.Page.Locator("iframe.dcr-frame");
        await Expect(frame).ToHaveAttributeAsync("sandbox", "");
        await Expect(frame.ContentFrame.Locator("main")).ToContainTextAsync("Feet examined");
        Assert.Equal("rgb(255, 255, 255)", await frame.ContentFrame.Locator("html").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
        await Expect(visitor.Page.GetByRole(AriaRole.Article)).ToContainTextAsync("NHS number in the letter is this person's");
        var original = await visitor.Page.Context.APIRequest.GetAsync(await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Original file") }).GetAttributeAsync("href") ?? "");
        Assert.StartsWith("attachment", original.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Equal("nosniff", original.Headers["x-content-type-options"]);
        Assert.Contains("sandbox", original.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Empty(await visitor.AxeAsync());
        Assert.Empty(visitor.Complaints);
        await visitor.PhotographAsync("letter-pdf");
    }

    [Fact]
    public async Task When_a_letter_names_another_nhs_number_then_H20_the_page_warns_and_nothing_of_it_acts()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync(_letters);
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^\\d.+Eye clinic letter") }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not this person's");
        var paper = visitor.Page.FrameLocator(".dcr-frame").Locator("html");
        await Expect(paper).ToContainTextAsync("About his mother");
        Assert.Equal(0, await paper.Locator("form, a, button, script, meta[http-equiv=refresh]").CountAsync());
    }

    [Fact]
    public async Task When_a_letter_is_opened_then_it_is_read_for_this_viewer_only_and_the_superseded_one_says_so()
    {
        await using var visitor = await house.SignInAsync("nurse.dch");
        await visitor.EnterAsync(_letters);
        await Expect(visitor.Page.GetByText("3 unread")).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Day surgery discharge Superseded Unread") }).ClickAsync();

        await Expect(visitor.Page.GetByText("2 unread")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Read the newer letter" })).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        await Expect(visitor.Page.GetByText("unread by you")).Not.ToBeVisibleAsync();
        await using var other = await house.SignInAsync("gp.ccg");
        await other.EnterAsync(_letters);
        await Expect(other.Page.GetByText("3 unread")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_list_is_filtered_then_it_works_with_and_without_script_and_no_address_holds_the_words(bool script)
    {
        await using var visitor = await house.SignInAsync("clinician.poole", script);
        await visitor.EnterAsync(_letters);
        await visitor.Page.GetByRole(AriaRole.Searchbox, new() { NameRegex = new("^Filter letters") }).FillAsync("eye");
        if (!script)
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();

        await Expect(visitor.Page.GetByText("1 of 3 shown")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Diabetes") })).Not.ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^\\d.+Eye clinic letter") }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Article)).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("1 of 3 shown")).ToBeVisibleAsync();
        Assert.DoesNotContain("eye", visitor.Page.Url, StringComparison.OrdinalIgnoreCase);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "72 hours" }).ClickAsync();
        await Expect(visitor.Page.GetByText("0 of 3 shown")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_a_form_of_one_persons_page_is_sent_to_another_then_H02_nothing_is_done()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync(_letters);
        await visitor.Page.Locator("[data-letter-filter]").EvaluateAsync($"form => form.action = '{house.Record("letters").PathAndQuery}?handler=Filter'");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nothing was done: this page was another person's");
    }

    [Theory]
    [InlineData("clerk.rbch", "Not available to your role.")]
    [InlineData("socialworker.dcc", "1 of 1 shown")]
    [InlineData("pharmacist", "1 of 1 shown")]
    [InlineData("nurse.dch", "3 of 3 shown")]
    public async Task When_a_role_opens_letters_then_it_sees_its_part_and_the_count_is_of_that_part(string user, string says)
    {
        await using var visitor = await house.SignInAsync(user);
        await visitor.EnterAsync(_letters);

        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(says);
    }
}

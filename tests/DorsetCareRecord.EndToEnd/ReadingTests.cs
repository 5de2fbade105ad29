using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Sign in, find, read: what staff do, in a real browser.</summary>
public sealed class ReadingTests(OpenHouse house)
{
    private static readonly string[] Headings =
    [
        "Problems and diagnoses", "Medicines", "Allergies", "Results", "Next of kin", "Carers and care providers", "Letters", "Encounters",
    ];

    [Fact]
    public async Task When_a_clinician_finds_by_nhs_number_in_odd_spacing_then_the_summary_opens_with_every_section()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.PhotographAsync("find");

        await visitor.FindAsync(" 99 90000-018");

        await Expect(visitor.Page).ToHaveURLAsync(house.Record().ToString());
        var headings = await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 2 }).AllTextContentsAsync();
        Assert.Equal(Headings.Order(), headings.Order());
        await visitor.PhotographAsync("summary");
        await visitor.PhotographAsync("summary-whole", whole: true);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task When_the_summary_is_read_aloud_then_landmarks_headings_and_names_lead_through_it()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);

        var tree = await visitor.Page.Locator("body").AriaSnapshotAsync();

        string[] way =
        [
            "- link \"Skip to main content\"", "- banner:", "  - search:", "- region \"Person\":", "  - heading \"HARDWICK, Edith (Mrs)\" [level=1]",
            "  - group \"Known allergies\"", "  - list \"Alerts\":", "- navigation \"This person's record\":", "- main:", "- contentinfo:",
        ];
        Assert.Equal(way, tree.Split('\n').Select(line => way.FirstOrDefault(step => line.StartsWith(step, StringComparison.Ordinal))).OfType<string>().Distinct());
        // One heading of the first level, and below main a named region for each section whose heading says the same.
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(tree, @"\[level=1\]"));
        Assert.DoesNotMatch(@"\[level=[3-6]\]", tree);
        var regions = System.Text.RegularExpressions.Regex.Matches(tree, "^  - region \"(.+?)\":\\n    - heading \"(.+?)\" \\[level=2\\]", System.Text.RegularExpressions.RegexOptions.Multiline);
        Assert.Equal(8, regions.Count);
        Assert.All(regions, region => Assert.Equal(region.Groups[1].Value, region.Groups[2].Value));
        // A value is heard with its flag as a word, a source by its name; nothing that can be followed or pressed is nameless.
        Assert.Matches("cell \"5\\.6 mmol/L High .*Dorset County Hospital\"", tree);
        // Words that stand apart for the eye are not run together for the ear.
        Assert.Matches("rowheader \"Potassium ?, 3\\.5 - 5\\.3", tree);
        Assert.Matches(@"\(89y\) ?, Gender Female ?, NHS No\. 999 000 0018", tree);
        Assert.DoesNotMatch(@"(?m)^\s*- (link|button|searchbox|combobox|checkbox)(:|$)", tree);
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task When_the_summary_is_open_then_the_banner_follows_the_uk_rules()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);

        var banner = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Person", Exact = true });
        await Expect(banner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("HARDWICK, Edith (Mrs)");
        await Expect(banner).ToContainTextAsync("14-Mar-1937");
        await Expect(banner).ToContainTextAsync("999 000 0018");
        await Expect(banner.GetByText("Known allergies", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(banner).ToContainTextAsync("In hospital now: Poole Hospital, ward B3");
    }

    [Fact]
    public async Task When_a_surname_and_a_birthday_match_then_people_are_listed_and_the_address_tells_nobody()
    {
        await using var visitor = await house.SignInAsync("nurse.dch");

        await visitor.FindAsync("hardwick 14 3 1937");

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "1 person matches" })).ToBeVisibleAsync();
        Assert.DoesNotContain("hardwick", visitor.Page.Url, StringComparison.OrdinalIgnoreCase);
        await visitor.PhotographAsync("find-results");
        await visitor.Page.ReloadAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "HARDWICK, Edith (Mrs)" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(house.Record().ToString());
        await visitor.Page.GoBackAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "1 person matches" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_the_words_cannot_be_meant_then_the_error_says_what_to_do_and_nothing_was_searched()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");

        await visitor.FindAsync("999 000 0081");

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This NHS number cannot be right");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("find-error");
    }

    [Fact]
    public async Task When_results_are_opened_then_values_units_ranges_and_flags_stand_together()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record("results").PathAndQuery);

        var row = visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^Potassium") });
        await Expect(row).ToContainTextAsync("3.5 - 5.3 mmol/L");
        await Expect(row).ToContainTextAsync("5.6");
        await visitor.PhotographAsync("results");

        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^\\d.+Chest X-ray") }).ClickAsync();
        await Expect(visitor.Page.GetByText("Upper lobe venous diversion")).ToBeVisibleAsync();
        await visitor.PhotographAsync("report");
    }

    [Fact]
    public async Task When_a_letter_holds_scripts_then_its_words_are_shown_and_nothing_runs()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        visitor.Page.Dialog += (_, _) => Assert.Fail("A letter ran a script.");
        await visitor.OpenAsync(house.Record("letters").PathAndQuery);

        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^\\d.+Discharge letter") }).First.ClickAsync();

        var letter = visitor.Page.FrameLocator(".dcr-frame").Locator("html");
        await Expect(letter).ToContainTextAsync("Repeat urea and electrolytes in 1 week");
        Assert.Equal(0, await letter.Locator("script, img, [onclick], [style]").CountAsync());
        await visitor.PhotographAsync("letter");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task When_a_letter_is_rich_text_then_it_reads_as_words_and_the_original_downloads()
    {
        await using var visitor = await house.SignInAsync("clinician.poole");
        await visitor.OpenAsync(house.Record("letters").PathAndQuery);
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^\\d.+Emergency department letter") }).ClickAsync();
        await Expect(visitor.Page.FrameLocator(".dcr-frame").Locator("html")).ToContainTextAsync("attended after a fall at home – no loss of consciousness");

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Original file") }).ClickAsync());

        Assert.Matches(@"^letter-\d{4}-\d\d-\d\d\.rtf$", download.SuggestedFilename);
        await using var file = await download.CreateReadStreamAsync();
        Assert.StartsWith(@"{\rtf1", await new StreamReader(file).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_there_is_no_script_then_finding_and_reading_work_the_same()
    {
        await using var visitor = await house.SignInAsync("gp.ccg", script: false);

        await visitor.FindAsync("9990000018");

        foreach (var heading in Headings)
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
        await visitor.Page.GetByText("3 past", new() { Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByText("Cholecystitis").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_the_screen_is_narrow_then_nothing_is_wider_than_it()
    {
        await using var visitor = await house.SignInAsync("clinician.dch", width: 400, height: 800);
        foreach (var page in (string[])["", "medicines", "results", "letters", "encounters"])
        {
            await visitor.OpenAsync(house.Record(page).PathAndQuery);
            Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"), $"/{page} is too wide");
        }

        await visitor.OpenAsync(house.Record().PathAndQuery);
        await visitor.PhotographAsync("summary-400", whole: true);
    }

    [Theory]
    [InlineData("clinician.dch", 1280)]
    [InlineData("socialworker.dcc", 1280)]
    [InlineData("clinician.dch", 400)]
    public async Task When_axe_looks_at_each_page_then_it_finds_nothing(string user, int width)
    {
        await using var visitor = await house.SignInAsync(user, width: width);
        var letter = await house.LetterAsync("Discharge letter");
        foreach (var path in (string[])["/", .. house.Pages.Select(page => house.Record(page).PathAndQuery), house.Record($"letters/{letter}").PathAndQuery, "/nowhere"])
        {
            await visitor.OpenAsync(path);
            Assert.Equal([], await visitor.AxeAsync());
        }
    }

    [Fact]
    public async Task When_a_name_comes_with_markup_then_it_stays_a_name()
    {
        await house.Told.SayAsync("systemc", "D-xss", Told.State("person", Told.Demographics(Cast.Zoe) with
        {
            PreferredName = "<img src=x onerror=alert(1)>",
            Address = "\"><script>alert(2)</script>",
        }, TimeProvider.System.GetUtcNow()));
        await using var visitor = await house.SignInAsync("clinician.dch", anew: true);
        visitor.Page.Dialog += (_, _) => Assert.Fail("A name ran a script.");

        await visitor.FindAsync(Cast.Zoe.NhsNumber!.Value.Digits);
        await visitor.SayWhyAsync();

        await Expect(visitor.Page.GetByText("<img src=x onerror=alert(1)>")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }
}

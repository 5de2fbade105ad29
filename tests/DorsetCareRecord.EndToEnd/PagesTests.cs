using System.Text.RegularExpressions;
using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Results, medicines, problems and people: what each page is for.</summary>
public sealed class PagesTests(OpenHouse house)
{
    [Fact]
    public async Task GTAB_188_The_newest_date_is_at_the_right_edge_of_the_grid_and_is_seen_at_once_and_no_date_by_half()
    {
        foreach (var width in (int[])[1280, 400])
        {
            await using var visitor = await OpenAsync("clinician.dch", "results", width);
            var heads = visitor.Page.Locator(".dcr-cum thead th");

            var dates = await heads.EvaluateAllAsync<string[]>("all => all.slice(1).map(th => th.querySelector('time').textContent)");
            Assert.Equal(dates.OrderBy(day => DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), dates);
            var newest = await heads.Last.BoundingBoxAsync();
            var grid = await visitor.Page.Locator(".dcr-scroll").BoundingBoxAsync();
            Assert.InRange(newest!.X + newest.Width, grid!.X + grid.Width - 4, grid.X + grid.Width + 1);
            // Half a value behind the names reads as another value.
            Assert.Empty(await heads.EvaluateAllAsync<string[]>("""
                all => all.slice(1).filter(date => date.getBoundingClientRect().left < all[0].getBoundingClientRect().right - 2
                  && date.getBoundingClientRect().right > all[0].getBoundingClientRect().right + 2).map(date => date.textContent)
                """));
        }
    }

    [Fact]
    public async Task When_two_laboratories_measured_a_test_then_it_is_one_row_one_chart_and_every_point_names_its_laboratory()
    {
        await using var visitor = await OpenAsync("clinician.dch", "results");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Potassium", Exact = true }).ClickAsync();

        var chart = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Potassium, mmol/L" });
        await Expect(chart.Locator("svg .band")).ToHaveCountAsync(1);
        Assert.Equal(7, await chart.Locator("svg.dcr-chart .pt").CountAsync());
        await Expect(chart).ToContainTextAsync("Dorset County Hospital");
        await Expect(chart).ToContainTextAsync("Poole Hospital");

        // GTAB_057, GTAB_064: a line that the keyboard moves from value to value, each read out.
        var line = chart.GetByRole(AriaRole.Slider, new() { Name = "Potassium, value by value" });
        await line.FocusAsync();
        await Expect(line).ToHaveAttributeAsync("aria-valuetext", new Regex(@"^5\.6 mmol/L, High, \d\d-\w{3}-\d{4} 06:10, Dorset County Hospital$"));
        await visitor.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(line).ToHaveTextAsync(new Regex(@"^5\.5 mmol/L, High, \d\d-\w{3}-\d{4} 06:10, Poole Hospital$"));
        await Expect(chart.Locator("[data-focus]")).Not.ToHaveAttributeAsync("hidden", new Regex(".*"));
        await visitor.Page.Keyboard.PressAsync("Home");
        await Expect(line).ToHaveAttributeAsync("aria-valuenow", "1");

        await chart.GetByText("As a table, 7 values").ClickAsync();
        await Expect(chart.GetByRole(AriaRole.Row)).ToHaveCountAsync(8);
        Assert.DoesNotContain("otassium", visitor.Page.Url, StringComparison.Ordinal);
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("trend");
    }

    [Fact]
    public async Task When_a_critical_value_ends_a_chart_then_its_flag_stands_inside_the_picture()
    {
        await using var visitor = await OpenAsync("clinician.dch", "results");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "NT-proBNP", Exact = true }).ClickAsync();

        var chart = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "NT-proBNP, ng/L" }).Locator("svg.dcr-chart");
        var outside = await chart.EvaluateAsync<string[]>("""
            picture => [...picture.querySelectorAll('text')].filter(words => {
              const box = words.getBBox();
              return box.x < 0 || box.y < 0 || box.x + box.width > picture.viewBox.baseVal.width || box.y + box.height > picture.viewBox.baseVal.height;
            }).map(words => words.textContent)
            """);

        await Expect(chart.Locator(".last")).ToHaveTextAsync(["2840", "HH▲▲"]);
        Assert.Equal([], outside);
    }

    [Fact]
    public async Task When_a_result_was_amended_then_the_page_says_what_it_was()
    {
        await using var visitor = await OpenAsync("clinician.dch", "results");

        var amended = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Amended" });

        await Expect(amended).ToContainTextAsync(new Regex(@"Creatinine.*was 176 umol/L H.*now 168 umol/L H", RegexOptions.Singleline));
        await Expect(amended).ToContainTextAsync("Sample re-run");
        Assert.Equal("1", await house.AskAsync("select least(count(*), 1) from access.audit_shown where part = 2"));
    }

    [Fact]
    public async Task When_tests_are_requested_or_not_yet_whole_then_they_are_listed_as_such()
    {
        await using var visitor = await OpenAsync("clinician.dch", "results");

        var pending = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Requested and pending" });

        await Expect(pending.GetByRole(AriaRole.Link, new() { NameRegex = new("Vitamin D Requested") })).ToBeVisibleAsync();
        await Expect(pending.GetByRole(AriaRole.Link, new() { NameRegex = new("Urine culture Preliminary") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_words_are_typed_then_rows_are_filtered_as_they_are_typed_and_nothing_leaves_the_browser()
    {
        await using var visitor = await OpenAsync("clinician.dch", "results");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var requests = 0;
        visitor.Page.Request += (_, _) => requests++;

        await visitor.Page.GetByLabel("Find", new() { Exact = true }).FillAsync("potas");

        await Expect(visitor.Page.Locator(".dcr-cum tr[data-filter-row]:visible")).ToHaveCountAsync(1);
        await Expect(visitor.Page.GetByText(new Regex("^1 of \\d+ tests on these dates$"))).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.GetByLabel("Find", new() { Exact = true }).FillAsync("");
        await Expect(visitor.Page.Locator(".dcr-cum tr[data-filter-row]:visible")).Not.ToHaveCountAsync(1);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task When_there_is_no_script_then_a_panel_can_still_be_chosen_and_the_page_says_how_much_it_shows()
    {
        await using var visitor = await OpenAsync("clinician.dch", "results", script: false);
        await Expect(visitor.Page.GetByLabel("Find", new() { Exact = true })).ToBeHiddenAsync();

        await visitor.Page.GetByLabel("Panel").SelectOptionAsync(new SelectOptionValue { Label = "Full blood count" });
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();

        await Expect(visitor.Page.Locator(".dcr-cum .grp")).ToHaveCountAsync(1);
        await Expect(visitor.Page.GetByText(new Regex(@"^Showing 6 of \d+ tests\."))).ToBeVisibleAsync();
        Assert.DoesNotContain("blood", visitor.Page.Url, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task When_a_medicine_is_known_to_several_then_each_statement_is_one_click_away_without_a_script()
    {
        await using var visitor = await OpenAsync("clinician.dch", "medicines", script: false);
        var row = visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^bisoprolol") });
        await Expect(row).ToHaveCountAsync(1);

        await row.GetByText("GP, DCH").ClickAsync();

        await Expect(row.GetByText("Dorset County Hospital", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_a_discharge_changed_medicines_then_the_page_tells_what_and_why()
    {
        await using var visitor = await OpenAsync("clinician.dch", "medicines");

        var changed = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Changed at discharge" });

        await Expect(changed).ToContainTextAsync(new Regex("Started.*spironolactone.*heart failure.*Changed.*apixaban.*was 5 mg; age and creatinine.*Stopped.*amlodipine.*ankle swelling", RegexOptions.Singleline));
        await Expect(visitor.Page.GetByText("No mark does not mean that a medicine is safe.")).ToBeVisibleAsync();
        await visitor.PhotographAsync("medicines", whole: true);
    }

    [Fact]
    public async Task MEDv_062_Current_and_past_medicines_never_stand_in_one_table()
    {
        await using var visitor = await OpenAsync("clinician.dch", "medicines");

        var current = await visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Current medicines" }).InnerTextAsync();

        Assert.DoesNotContain("naproxen", current, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("amlodipine", current, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task MEDv_177_Past_medicines_out_of_view_are_named_on_the_summary()
    {
        await using var visitor = await OpenAsync("clinician.dch", "");

        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("past: Amlodipine, Naproxen") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_one_source_knows_an_allergy_as_milder_then_the_gravest_leads_and_both_are_one_click_away()
    {
        await using var visitor = await OpenAsync("clinician.dch", "problems");
        var row = visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^Penicillin") });
        await Expect(row).ToContainTextAsync("anaphylaxis; rash, severe");

        await row.GetByText("GP, DCH").ClickAsync();

        await Expect(row).ToContainTextAsync("Penicillin, rash, mild");
        await visitor.PhotographAsync("problems");
    }

    [Fact]
    public async Task When_somebody_looks_for_people_then_each_can_be_rung_from_one_page()
    {
        await using var visitor = await OpenAsync("socialworker.dcc", "people");

        foreach (var (name, number) in new[] { ("Thomas", "07700900142"), ("Ruth", "01632960281"), ("Priya", "01632960550"), ("Specimen Home Care", "01632960417") })
        {
            await Expect(visitor.Page.GetByText(name).First).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator($"a[href='tel:{number}']").First).ToBeVisibleAsync();
        }

        await Expect(visitor.Page.GetByText("Power of attorney (LPA)", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("14 h a week")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "GP practice" })).ToContainTextAsync("Example Surgery");
        await visitor.PhotographAsync("people");
    }

    [Fact]
    public async Task When_the_page_is_read_with_the_keyboard_then_every_link_shows_where_it_is()
    {
        foreach (var page in (string[])["", "results", "medicines", "problems", "people"])
        {
            await using var visitor = await OpenAsync("clinician.dch", page);
            var unseen = await visitor.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')].filter(element => element.checkVisibility()).filter(element => {
                  element.focus({ focusVisible: true });
                  const style = getComputedStyle(element);
                  return document.activeElement !== element || (style.outlineStyle === 'none' && style.boxShadow === 'none');
                }).map(element => element.outerHTML.slice(0, 90))
                """);
            Assert.Equal([], unseen);
        }
    }

    [Theory]
    [InlineData(320, 640)]
    [InlineData(320, 256)]
    public async Task When_the_page_is_magnified_four_times_then_nothing_is_cut_or_scrolls_sideways(int width, int height)
    {
        await using var visitor = await house.SignInAsync("clinician.dch", width: width, height: height);
        foreach (var page in (string[])["", "results", "medicines", "problems", "people"])
        {
            await visitor.OpenAsync(house.Record(page).PathAndQuery);
            Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("""
                () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.dcr-scroll, .dcr-nav')).map(e => e.outerHTML.slice(0, 100))
                """));
            var covered = await visitor.Page.EvaluateAsync<double>("""
                () => [...document.querySelectorAll('*')].filter(e => ['sticky', 'fixed'].includes(getComputedStyle(e).position) && !e.closest('table') && e.checkVisibility())
                  .reduce((sum, e) => sum + e.getBoundingClientRect().height, 0) / innerHeight
                """);
            Assert.True(covered < 0.75, $"/{page}: {covered:P0} of the screen is kept by what does not scroll");
        }

        await visitor.OpenAsync(house.Record().PathAndQuery);
        await visitor.PhotographAsync($"summary-{width}x{height}");
    }

    [Fact]
    public async Task When_colours_are_forced_and_motion_is_unwanted_then_pages_are_whole()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        await visitor.OpenAsync(house.Record().PathAndQuery);
        await visitor.PhotographAsync("summary-forced-colours");
        await Expect(visitor.Page.Locator("#results")).ToContainTextAsync("H▲");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("document.getAnimations().length"));
        await visitor.OpenAsync(house.Record("results").PathAndQuery);
        await visitor.PhotographAsync("results-forced-colours");
        await Expect(visitor.Page.Locator("svg.dcr-chart").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_every_section_is_shown_then_its_foot_names_who_was_heard_and_who_is_not_connected()
    {
        await using var visitor = await OpenAsync("clinician.dch", "");
        var feet = visitor.Page.Locator(".dcr-card .dcr-complete");

        Assert.Equal(await visitor.Page.Locator(".dcr-card").CountAsync(), await feet.CountAsync());
        foreach (var foot in await feet.AllInnerTextsAsync())
            Assert.Matches("Not connected|received|Late", foot);
        await Expect(visitor.Page.Locator("#medicines .dcr-complete")).ToContainTextAsync("Not shared by RBCH, Poole");
    }

    private async Task<Visitor> OpenAsync(string user, string page, int width = 1280, bool script = true)
    {
        var visitor = await house.SignInAsync(user, script, width);
        await visitor.OpenAsync(house.Record(page).PathAndQuery);
        return visitor;
    }
}

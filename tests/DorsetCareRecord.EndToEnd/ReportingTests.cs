using System.Globalization;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>A problem with an item is reported from where the item is seen, and arrives where the item came from.</summary>
public sealed class ReportingTests(OpenHouse house)
{
    /// <summary>Items of a page beside which their own report is missing. A grid of results leads to it by the test's name.</summary>
    private const string Unreported = """
        () => [...document.querySelectorAll('[data-entry]')].filter(item => !item.closest('.dcr-cum')).flatMap(item =>
          item.dataset.entry.split(' ').map(entry => entry.split('/')[0])
            .filter(entry => !item.querySelector(`a[href*="/report-problem/"][href$="/${entry}"]`))
            .map(() => item.closest('[data-live]')?.dataset.liveName ?? item.outerHTML.slice(0, 90)))
        """;

    /// <summary>Name and address of each way to report on a page.</summary>
    private const string Ways = """
        () => [...document.querySelectorAll('a.dcr-report')].map(link => `${link.lastElementChild.textContent.trim()}|${link.getAttribute('href')}`)
        """;

    /// <summary>Ways to report that begin a line of their own, away from the words they belong to, or in a list to choose from are not in its corner.</summary>
    private const string Astray = """
        () => [...document.querySelectorAll('a.dcr-report')].filter(link => link.checkVisibility()).filter(link => {
          const corner = link.closest('.dcr-pick__item')?.getBoundingClientRect();
          if (corner)
            return corner.right - link.getBoundingClientRect().right > 12 || link.getBoundingClientRect().top - corner.top > 12;
          const box = link.closest('td, th, dd, li, p, summary, div'), words = document.createRange();
          words.setStart(box, 0); words.setEndBefore(link);
          const line = [...words.getClientRects()].filter(r => r.width > 6), mark = link.firstElementChild.getBoundingClientRect();
          return !line.some(r => Math.min(r.bottom, mark.bottom) - Math.max(r.top, mark.top) > mark.height / 2 && r.right <= mark.left + 12 && mark.left - r.right < 60);
        }).map(link => link.textContent.trim())
        """;

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task When_a_cell_is_too_narrow_then_the_mark_stays_on_the_line_of_its_words(int width)
    {
        await using var visitor = await house.SignInAsync("clinician.dch", width: width);
        foreach (var page in house.Pages.Append("timeline"))
        {
            if ((await visitor.OpenAsync(house.Record(page).PathAndQuery)).Status == 200)
                Assert.Equal([], (await visitor.Page.EvaluateAsync<string[]>(Astray)).Select(mark => $"/{page}: {mark}"));
        }
    }

    [Theory]
    [InlineData("clinician.dch", "Allergies Care Demographics Encounters Flags Letters Medicines NextOfKin Problems Results")]
    [InlineData("socialworker.dcc", "Allergies Care Demographics Encounters Flags Letters Medicines NextOfKin Problems")]
    public async Task When_an_item_is_shown_then_the_way_to_report_it_is_beside_it_and_says_which_item(string user, string sections)
    {
        await using var visitor = await house.SignInAsync(user);
        var all = new HashSet<string>();
        var missing = new List<string>();
        foreach (var page in house.Pages.Append("timeline"))
        {
            if ((await visitor.OpenAsync(house.Record(page).PathAndQuery)).Status != 200)
                continue;
            missing.AddRange((await visitor.Page.EvaluateAsync<string[]>(Unreported)).Select(item => $"/{page}: {item}"));
            var ways = (await visitor.Page.EvaluateAsync<string[]>(Ways)).Select(way => way.Split('|')).ToList();
            Assert.All(ways, way => Assert.Matches("^Report a problem with .+, .+$", way[0]));
            // A name that leads to two items tells a listener nothing; but a hospital that has somebody twice says twice who they are.
            Assert.Equal([], ways.Where(way => !way[1].Contains("/Demographics/", StringComparison.Ordinal)).GroupBy(way => way[0]).Where(alike => alike.Select(way => way[1]).Distinct().Count() > 1).Select(alike => $"/{page}: {alike.Key}"));
            all.UnionWith(ways.Select(way => way[1]));
        }

        Assert.Equal([], missing);
        Assert.Equal(sections.Split(' '), all.Select(way => way.Split('/')[^2]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_vaccines_plans_and_a_doubted_statement_are_shown_then_they_can_be_reported_too()
    {
        var at = TimeProvider.System.GetUtcNow();
        await house.Told.SayAsync(SourceCodes.SystemC, "D-report-1",
            Told.State("person", new Demographics { FamilyName = "Reportable", GivenNames = "Jo", Gender = "Female", BornOn = ClinicalDate.OfDay(new DateOnly(1957, 5, 11)) }, at),
            Told.State("stay", new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.InProgress, StartAt = ClinicalDate.OfInstant(at) }, at),
            Told.State("v", new Immunisation { Vaccine = "Influenza vaccine", Status = ImmunisationStatus.Given, GivenOn = ClinicalDate.OfInstant(at) }, at),
            Told.State("d", new CareDetail { Kind = CareDetailKind.Plan, Title = "Contingency plan" }, at),
            Told.State("n", new Allergy { Kind = AllergyKind.NoKnownAllergies, Substance = "No known allergies", Status = AllergyStatus.Active }, at),
            Told.State("r", new Report { Kind = ReportKind.Laboratory, Title = "Bone profile", Status = ResultStatus.Final, TakenAt = ClinicalDate.OfInstant(at) }, at),
            Told.State("c", new Result { ReportKey = "r", Test = "Calcium", Value = "2.31", Unit = "mmol/L", Status = ResultStatus.Final, TakenAt = ClinicalDate.OfInstant(at) }, at));
        var person = await house.Told.PersonOfAsync(SourceCodes.SystemC, "D-report-1");
        var report = await house.AskAsync("select id from record.report where title = 'Bone profile'");
        await using var visitor = await house.SignInAsync("clinician.dch");
        var names = new List<string>();

        foreach (var page in (string[])["", "/problems", "/people", "/results", $"/report/{report}"])
        {
            await visitor.OpenAsync($"/record/{person}{page}");
            Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(Unreported));
            names.AddRange((await visitor.Page.EvaluateAsync<string[]>(Ways)).Select(way => way.Split('|')[0]));
        }

        foreach (var what in (string[])["Influenza vaccine", "Contingency plan", "No known allergies", "Bone profile", "Calcium 2.31 mmol/L"])
            Assert.Contains(names, name => name.StartsWith($"Report a problem with {what}, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_a_result_of_another_hospital_is_reported_from_its_row_then_it_is_in_that_hospitals_queue_alone()
    {
        await using var doctor = await house.SignInAsync("clinician.dch");
        await doctor.OpenAsync(house.Record("results").PathAndQuery);
        await doctor.Page.GetByRole(AriaRole.Link, new() { Name = "Potassium", Exact = true }).ClickAsync();
        var chart = doctor.Page.GetByRole(AriaRole.Region, new() { Name = "Potassium, mmol/L" });
        await chart.GetByText("As a table, 7 values").ClickAsync();
        await chart.GetByRole(AriaRole.Link, new() { NameRegex = new("^Report a problem with Potassium 5\\.5 mmol.L, .+, Poole Hospital$") }).ClickAsync();
        await Expect(doctor.Page.GetByText("It goes to the administrators of Poole Hospital")).ToBeVisibleAsync();

        await doctor.Page.GetByLabel("It is out of date").CheckAsync();
        await doctor.Page.GetByLabel("What did you see, and what did you expect?").FillAsync("Taken from a drip arm, marmalade.");
        await doctor.Page.GetByRole(AriaRole.Button, new() { Name = "Report the problem" }).ClickAsync();
        await Expect(doctor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The problem is reported");

        foreach (var (user, count) in new[] { ("admin.poole", 1), ("admin.dch", 0) })
        {
            await using var admin = await house.SignInAsync(user);
            await admin.OpenAsync("/admin/corrections");
            await Expect(admin.Page.GetByText("Taken from a drip arm, marmalade.")).ToHaveCountAsync(count);
        }
    }

    [Fact]
    public async Task When_the_record_is_shown_as_it_was_known_or_put_on_paper_then_nothing_is_reported_from_there()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);
        var marks = visitor.Page.Locator("a.dcr-report");
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await marks.CountAsync() > 20);
        Assert.Empty(await marks.EvaluateAllAsync<string[]>("all => all.filter(mark => mark.checkVisibility()).map(mark => mark.textContent)"));

        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        foreach (var page in (string[])["", "results", "timeline"])
        {
            await visitor.OpenAsync($"{house.Record(page).PathAndQuery}?at={Uri.EscapeDataString(now)}");
            await Expect(visitor.Page.Locator("[data-entry]")).Not.ToHaveCountAsync(0);
            await Expect(visitor.Page.Locator("a[href*='/report-problem/']")).ToHaveCountAsync(0);
        }
    }
}

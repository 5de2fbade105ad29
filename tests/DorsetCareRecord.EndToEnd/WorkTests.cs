using System.Text;
using System.Text.RegularExpressions;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Reporting a problem and following it, lists and news, paper and files.</summary>
public sealed class WorkTests(OpenHouse house)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_an_administrator_makes_a_team_then_a_list_can_be_shared_with_it_at_the_members_next_request()
    {
        await using var admin = await house.SignInAsync("admin.poole");
        await admin.OpenAsync("/admin/teams");
        await admin.Page.GetByLabel("Name of a new team").FillAsync("Stroke unit");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Add team" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The team is added");
        await admin.Page.GetByLabel("User").SelectOptionAsync(new SelectOptionValue { Label = "Dr Ravi Menon (now Medical admissions)" });
        await admin.Page.GetByLabel("Works in").SelectOptionAsync(new SelectOptionValue { Label = "Stroke unit" });
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Put into team" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Stroke unit" })).ToContainTextAsync("Dr Ravi Menon");
        await admin.Page.GetByLabel("Name of a new team").FillAsync("Stroke unit");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Add team" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("that is not there yet");
        Assert.Empty(await admin.AxeAsync());
        await admin.PhotographAsync("teams");

        await using var doctor = await house.SignInAsync("clinician.poole");
        await doctor.OpenAsync("/my-work");
        await doctor.Page.GetByLabel("Name of a new list").FillAsync("Ward round");
        await doctor.Page.GetByRole(AriaRole.Button, new() { Name = "Make a list" }).ClickAsync();
        await doctor.Page.GetByRole(AriaRole.Button, new() { Name = "Share with Stroke unit" }).ClickAsync();
        await Expect(doctor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Everybody of your team");
        await Expect(doctor.Page.GetByText("kept by you, shared with Stroke unit")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_a_problem_is_reported_then_the_organisation_works_on_it_and_the_reporter_sees_its_state()
    {
        await using var nurse = await house.SignInAsync("nurse.dch");
        var letter = await house.LetterAsync("Discharge letter");
        await nurse.EnterAsync(house.Record($"letters/{letter}").PathAndQuery);
        await nurse.Page.GetByRole(AriaRole.Link, new() { Name = "Report a problem", Exact = true }).ClickAsync();
        await nurse.Page.GetByRole(AriaRole.Button, new() { Name = "Report the problem" }).ClickAsync();
        await Expect(nurse.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose what is not right");
        await nurse.Page.GetByLabel("It is out of date").CheckAsync();
        await nurse.Page.GetByLabel("What did you see, and what did you expect?").FillAsync("Weekly weights <b>stopped</b> quagmire.");
        Assert.Empty(await nurse.AxeAsync());
        await nurse.PhotographAsync("report-problem");
        await nurse.Page.GetByRole(AriaRole.Button, new() { Name = "Report the problem" }).ClickAsync();
        await Expect(nurse.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The problem is reported");

        await using var admin = await house.SignInAsync("admin.dch");
        await admin.EnterAsync("/admin/corrections");
        await Expect(admin.Page.GetByText("Weekly weights <b>stopped</b> quagmire.")).ToBeVisibleAsync();
        await admin.Page.GetByLabel("Next state").First.SelectOptionAsync(new SelectOptionValue { Label = "Mended" });
        await admin.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Keep") }).First.ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing was changed");
        await admin.Page.GetByLabel("Next state").First.SelectOptionAsync(new SelectOptionValue { Label = "Mended" });
        await admin.Page.GetByLabel("To the reporter").First.FillAsync("A new letter is sent.");
        await admin.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Keep") }).First.ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("mended");
        Assert.Empty(await admin.AxeAsync());
        await admin.PhotographAsync("corrections");

        await nurse.EnterAsync("/my-work");
        await Expect(nurse.Page.Locator("#reported")).ToContainTextAsync("A new letter is sent.");
        Assert.DoesNotContain(house.Log, line => line.Contains("quagmire", StringComparison.Ordinal) || line.Contains("new letter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_somebody_kept_on_a_list_has_a_new_result_then_the_find_page_says_so()
    {
        var at = TimeProvider.System.GetUtcNow();
        // In hospital there now: news are only for those who know a person from the feeds, not from a reason of one sitting.
        await house.Told.SayAsync(SourceCodes.SystemC, "D-work-1", Told.State("person", Nobody("Keepwell"), at),
            Told.State("stay", new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.InProgress, StartAt = ClinicalDate.OfInstant(at) }, at));
        var person = await house.Told.PersonOfAsync(SourceCodes.SystemC, "D-work-1");
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync($"/record/{person}");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Keep on a list" }).ClickAsync();
        await visitor.Page.GetByLabel("Name of a new list").FillAsync("Abbotsbury ward");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the list and add this person" }).ClickAsync();
        await visitor.Page.GetByLabel("New results").CheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Keep", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("You are told from now on");
        Assert.Empty(await visitor.AxeAsync());

        await house.Told.SayAsync(SourceCodes.SystemC, "D-work-1", Told.State("r", new Result
        {
            Test = "Troponin", Value = "12", Unit = "ng/L", Status = ResultStatus.Final, TakenAt = ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow()),
        }, TimeProvider.System.GetUtcNow()));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var tick = 0; await house.AskAsync($"select count(*) from access.news where person_id = '{person}'") != "1"; tick++)
        {
            Assert.True(tick < 150, "No news came in half a minute.");
            await beat.WaitForNextTickAsync(Cancel);
        }

        await visitor.EnterAsync("/");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Notifications" })).ToBeVisibleAsync();
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("find-mine");
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^My work") }).ClickAsync();
        await Expect(visitor.Page.GetByText("New result", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("my-work", whole: true);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all as seen" }).ClickAsync();
        await Expect(visitor.Page.GetByText("none new")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_sections_are_printed_then_every_page_says_whose_and_by_whom_and_the_act_is_noted_first()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync(house.Record("print").PathAndQuery);
        Assert.Empty(await visitor.AxeAsync());
        await visitor.Page.GetByLabel("Next of kin", new() { Exact = true }).CheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the pages to print" }).ClickAsync();

        var head = visitor.Page.Locator("table.paper > thead");
        await Expect(head).ToContainTextAsync("HARDWICK, Edith (Mrs)");
        await Expect(head).ToContainTextAsync("999 000 0018");
        await Expect(head).ToContainTextAsync("Clinician");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Medicines", Exact = true })).ToBeVisibleAsync();
        var past = visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Medicines, past" });
        await Expect(past).ToContainTextAsync("naproxen"); // MEDv_062 holds on paper too
        await Expect(visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Medicines", Exact = true })).Not.ToContainTextAsync("naproxen");
        // Of the sections only those that name others carry the label.
        await Expect(visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Next of kin" })).ToContainTextAsync("Third-party content");
        await Expect(visitor.Page.Locator("section").Filter(new() { HasText = "before this is given to the person" }).GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(["Next of kin"]);
        await Expect(visitor.Page.Locator("table.paper > tfoot")).ToContainTextAsync(new Regex(@"HARDWICK, Edith \(Mrs\), NHS No\. 999 000 0018\. Printed .* by Dr Anna Lovell"));
        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("table-header-group", await head.EvaluateAsync<string>("e => getComputedStyle(e).display"));
        Assert.Empty(visitor.Complaints);
        await visitor.PhotographAsync("print", whole: true);
        Assert.NotEqual("0", await house.AskAsync("select count(*) from access.audit where action = 'print' and outcome = 'allowed'"));
    }

    [Fact]
    public async Task When_a_record_is_exported_then_the_file_is_complete_in_itself_and_S36_the_act_is_noted()
    {
        await using var visitor = await house.SignInAsync("pharmacist");
        await visitor.EnterAsync(house.Record("print").PathAndQuery);
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Export as a file (HTML)" }).ClickAsync());

        Assert.Matches(@"^record-\d{4}-\d\d-\d\d-\d{4}\.html$", download.SuggestedFilename);
        var page = await TextAsync(download);
        Assert.Contains("HARDWICK, Edith", page, StringComparison.Ordinal);
        Assert.Contains("Pharmacist", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'", page, StringComparison.Ordinal);
        Assert.DoesNotContain('<', Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.Equal("1", await house.AskAsync("select count(*) from access.audit where action = 'export' and role = 'pharmacist' and outcome = 'allowed'"));
    }

    [Fact]
    public async Task When_results_are_exported_as_csv_then_S17_no_cell_is_a_formula()
    {
        var at = TimeProvider.System.GetUtcNow();
        await house.Told.SayAsync(SourceCodes.SystemC, "D-work-2", Told.State("person", Nobody("=cmd|'/c calc'!A0"), at),
            Told.State("r1", new Result { Test = "=HYPERLINK(\"http://elsewhere.test\")", Value = "-1.5", Unit = "@SUM(A1)", Status = ResultStatus.Final }, at),
            Told.State("r2", new Result { Test = "\t+1", Value = "a \"quoted\", value\nof two lines", Status = ResultStatus.Final }, at));
        var person = await house.Told.PersonOfAsync(SourceCodes.SystemC, "D-work-2");
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync($"/record/{person}/print");

        var csv = await TextAsync(await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Export all results (CSV)" }).ClickAsync()));

        Assert.Contains("\"'=HYPERLINK(\"\"http://elsewhere.test\"\")\",\"-1.5\",\"'@SUM(A1)\",", csv, StringComparison.Ordinal);
        Assert.Contains("\"a \"\"quoted\"\", value\nof two lines\"", csv, StringComparison.Ordinal);
        Assert.Contains("'=CMD|", csv, StringComparison.Ordinal);
        Assert.Contains("'\t+1", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clinician.dch", "/my-work", 200)]
    [InlineData("clerk.rbch", "/my-work", 200)]
    [InlineData("admin.dch", "/my-work", 404)]
    [InlineData("operator", "/my-work", 404)]
    [InlineData("clinician.dch", "/admin/corrections", 404)]
    [InlineData("privacy.dch", "/admin/corrections", 404)]
    [InlineData("admin.dcc", "/admin/corrections", 200)]
    [InlineData("socialworker.dcc", "print", 200)]
    [InlineData("admin.dch", "print", 404)]
    [InlineData("operator", "keep", 404)]
    [InlineData("nurse.dch", "keep", 200)]
    public async Task When_a_role_opens_a_page_of_work_then_it_is_let_in_or_turned_away(string user, string path, int status)
    {
        await using var visitor = await house.SignInAsync(user);

        Assert.Equal(status, (await visitor.EnterAsync(path[0] == '/' ? path : house.Record(path).PathAndQuery)).Status);
    }

    private static async Task<string> TextAsync(IDownload download)
    {
        await using var file = await download.CreateReadStreamAsync();
        return await new StreamReader(file, Encoding.UTF8).ReadToEndAsync(Cancel);
    }

    /// <summary>Like none of the cast, so that nobody is asked whether they are one.</summary>
    private static Demographics Nobody(string family) => new()
    {
        FamilyName = family, GivenNames = "Robin", Gender = "Female", BornOn = ClinicalDate.OfDay(new DateOnly(1958, 6, 17)),
    };
}

using System.Diagnostics;
using System.Globalization;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>
/// An open page keeps up by itself. On a person of its own: what is said here stays in the record, and no other test may count it.
/// </summary>
public sealed class LiveTests(OpenHouse house) : IAsyncLifetime
{
    private const string LocalId = "D-live-1";
    private const string Number = "9990000557";
    private static readonly DateTimeOffset Begun = TimeProvider.System.GetUtcNow();
    private string _record = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await house.Told.SayAsync(SourceCodes.SystemC, LocalId,
            Told.State("person", new Demographics
            {
                NhsNumber = Number, NhsNumberStatus = "01", FamilyName = "Quicke", GivenNames = "Maud", Gender = "Female",
                BornOn = ClinicalDate.OfDay(new DateOnly(1941, 6, 9)),
            }, Begun),
            Told.State("stay", new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.InProgress, StartAt = ClinicalDate.OfInstant(Begun) }, Begun),
            Told.State("first", Before("4.4"), Begun), Told.State("second", Before("4.6"), Begun));
        _record = $"/record/{await house.Told.PersonOfAsync(SourceCodes.SystemC, LocalId)}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task When_a_source_speaks_then_the_open_page_changes_and_says_so_and_keeps_the_focus()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(_record);
        var status = visitor.Page.GetByRole(AriaRole.Status);
        await Expect(status).ToHaveTextAsync("Live");
        var link = visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^All \\d+ results") });
        await link.FocusAsync();

        await SayPotassiumAsync("6.1", "live-1");

        await Expect(visitor.Page.Locator("#results")).ToContainTextAsync("6.1 mmol/L");
        await Expect(status).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^Results updated at \d\d:\d\d$"));
        await Expect(visitor.Page.Locator("#results .dcr-new")).Not.ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^All \\d+ results") })).ToBeFocusedAsync();
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("summary-live");
        Assert.Equal("1", await house.AskAsync("select least(count(*), 1) from access.audit where action = 'live-refresh' and outcome = 'allowed'"));
    }

    [Fact]
    public async Task When_a_hospital_sends_a_result_then_the_open_page_shows_it_within_a_second()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(_record);
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        using var hospital = new Mllp(house.SystemC);
        // The first makes the two known to each other, and a worker lately started is still being compiled: it has its time.
        Assert.Equal("AA", await hospital.SendAsync(Sodium("119", 0), Cancel));
        await Expect(visitor.Page.Locator("#results")).ToContainTextAsync("119 mmol/L", new() { Timeout = 30_000 });

        var delays = new List<TimeSpan>();
        for (var i = 1; i <= 5; i++)
        {
            var value = $"{119 - i}";
            var since = Stopwatch.GetTimestamp();
            Assert.Equal("AA", await hospital.SendAsync(Sodium(value, i), Cancel));
            await visitor.Page.GetByText($"{value} mmol/L").First.WaitForAsync();
            delays.Add(Stopwatch.GetElapsedTime(since));
        }

        TestContext.Current.SendDiagnosticMessage($"socket to open page: {string.Join(", ", delays.Select(d => $"{d.TotalMilliseconds:0} ms"))}");
        Assert.True(delays.Order().ElementAt(2) < TimeSpan.FromSeconds(1), $"the median took {delays.Order().ElementAt(2)}");
        await Expect(visitor.Page.Locator("#results")).ToContainTextAsync("Low");
        await visitor.PhotographAsync("live");
    }

    [Fact]
    public async Task When_an_account_is_disabled_then_its_open_page_is_taken_away()
    {
        await using var visitor = await house.SignInAsync("clinician.dhc", anew: true);
        await visitor.OpenAsync(_record);
        await visitor.SayWhyAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        await house.AskAsync("update access.account set disabled_at = now(), disabled_by = 'test' where subject = 'clinician.dhc' returning 1");

        await SayPotassiumAsync("6.4", "live-2");

        await visitor.Page.WaitForURLAsync(url => !url.Contains("/record/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await Expect(visitor.Page.GetByText("QUICKE")).ToHaveCountAsync(0);
        await house.AskAsync("update access.account set disabled_at = null, disabled_by = null where subject = 'clinician.dhc' returning 1");
    }

    /// <summary>The session is as good as before: it is the person who is not to be seen any more.</summary>
    [Fact]
    public async Task When_somebody_opts_out_then_their_open_record_is_taken_off_the_screen()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(_record);
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        await Expect(visitor.Page.GetByText("QUICKE").First).ToBeVisibleAsync();
        await house.AskAsync($"insert into access.opt_out (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '{Number}', '2000-01-01Z', 't', now(), 't')");
        try
        {
            await SayPotassiumAsync("6.5", "live-3");

            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is nothing here for you", new() { Timeout = 30_000 });
            await Expect(visitor.Page.GetByText("QUICKE")).ToHaveCountAsync(0);
        }
        finally
        {
            await house.AskAsync($"delete from access.opt_out where nhs_number = '{Number}'");
        }
    }

    /// <summary>A laboratory's message under a hospital number of its own: NHS number, name and birthday link it.</summary>
    private static string Sodium(string value, int number)
    {
        var at = TimeProvider.System.GetUtcNow().AddSeconds(number).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return $"""
            MSH|^~\&|WINPATH|RBD01|DCR|DCR|{at}||ORU^R01|LIVE{at}{number}|P|2.4
            PID|1||L9000001^^^RBD01^HOSP~{Number}^^^NHS^NHS||QUICKE^MAUD^^^MRS||19410609|F
            ORC|RE||LIVE{number}
            OBR|1||LIVE{number}|UE^Urea and electrolytes^WinPath|||{at}|||||||{at}|Blood^Blood|||||||{at}||CHE|F
            OBX|1|NM|NA^Sodium^WinPath||{value}|mmol/L|133-146|L|||F|||{at}
            """;
    }

    private Task SayPotassiumAsync(string value, string key) =>
        house.Told.SayAsync(SourceCodes.SystemC, LocalId, Told.State(key, Potassium(value), TimeProvider.System.GetUtcNow()));

    private static Result Before(string value) => Potassium(value) with { Flag = null, TakenAt = ClinicalDate.OfInstant(Begun) };

    private static Result Potassium(string value) => new()
    {
        Test = "Potassium", Value = value, Unit = "mmol/L", Range = "3.5 - 5.3", Flag = "H", Status = ResultStatus.Final,
        TakenAt = ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow()),
    };
}

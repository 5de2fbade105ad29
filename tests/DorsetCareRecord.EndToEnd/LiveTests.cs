using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>An open page keeps up by itself.</summary>
public sealed class LiveTests(OpenHouse house)
{
    [Fact]
    public async Task When_a_source_speaks_then_the_open_page_changes_and_says_so_and_keeps_the_focus()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);
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
    public async Task When_an_account_is_disabled_then_its_open_page_hears_no_more()
    {
        await using var visitor = await house.SignInAsync("clinician.dhc");
        await visitor.OpenAsync(house.Record().PathAndQuery);
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        await house.AskAsync("update access.account set disabled_at = now(), disabled_by = 'test' where subject = 'clinician.dhc' returning 1");

        await SayPotassiumAsync("6.4", "live-2");

        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");
        await Expect(visitor.Page.Locator("#results")).Not.ToContainTextAsync("6.4 mmol/L");
        await house.AskAsync("update access.account set disabled_at = null, disabled_by = null where subject = 'clinician.dhc' returning 1");
    }

    private Task SayPotassiumAsync(string value, string key) =>
        house.Told.SayAsync(SourceCodes.SystemC, EdithsRecord.HospitalNumber, Told.State(key, new Result
        {
            Test = "Potassium", Value = value, Unit = "mmol/L", Range = "3.5 - 5.3", Flag = "H", Status = ResultStatus.Final,
            TakenAt = ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow()),
        }, TimeProvider.System.GetUtcNow()));
}

using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>The privacy officer's desk: an alert to its outcome, and the answer to a person who asks who looked.</summary>
public sealed class PrivacyTests(OpenHouse house)
{
    [Fact]
    public async Task When_a_reason_was_given_then_the_officer_judges_it_and_answers_the_person_who_asks()
    {
        await using var stranger = await house.SignInAsync("clinician.rbch", anew: true);
        await stranger.EnterAsync(house.Record("results").PathAndQuery);
        // The officer of this house is Dorset County's: the user is lent to it for the length of the test.
        var number = await house.AskAsync($"""
            update access.alert x set organisation_code = 'dch' from access.account a
            where a.id = x.account_id and a.subject = 'clinician.rbch' and x.person_id = '{house.Edith}' and x.number = (
                select max(n.number) from access.alert n where n.account_id = x.account_id and n.person_id = x.person_id) returning x.number
            """);
        await using var officer = await house.SignInAsync("privacy.dch");

        await Expect(officer.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Privacy desk");
        var row = officer.Page.GetByRole(AriaRole.Row).Filter(new() { Has = officer.Page.GetByRole(AriaRole.Link, new() { Name = $"A-{number}", Exact = true }) });
        await Expect(row).ToContainTextAsync("Self-declared contact");
        await Expect(row).ToContainTextAsync("Clinician");
        await Expect(officer.Page.Locator("main")).Not.ToContainTextAsync("HARDWICK");
        Assert.Empty(await officer.AxeAsync());
        await officer.PhotographAsync("privacy", whole: true);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("HARDWICK") })).ToBeVisibleAsync();
        Assert.Empty(await officer.AxeAsync());
        await officer.PhotographAsync("privacy-alert", whole: true);
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Record outcome" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("say why");
        await officer.Page.GetByRole(AriaRole.Combobox, new() { Name = "Outcome" }).SelectOptionAsync(new SelectOptionValue { Label = "Appropriate" });
        await officer.Page.GetByLabel("Why").FillAsync("Referred that morning.");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Record outcome" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Recorded: appropriate");

        await officer.OpenAsync("/privacy/person");
        await officer.Page.GetByLabel("NHS number").FillAsync("999 000 0018");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Show who looked" }).ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Region, new() { NameRegex = new("sittings") })).ToContainTextAsync("Royal Bournemouth");
        Assert.DoesNotContain("0018", officer.Page.Url, StringComparison.Ordinal);
        Assert.Empty(await officer.AxeAsync());
        await officer.PhotographAsync("privacy-person", whole: true);
        var file = await officer.Page.RunAndWaitForDownloadAsync(() =>
            officer.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("as a file") }).ClickAsync());
        var csv = await File.ReadAllTextAsync(await file.PathAsync() ?? "", TestContext.Current.CancellationToken);
        Assert.Contains("\"No relationship known; they said why\"", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Pritchard", csv, StringComparison.Ordinal); // another organisation's member of staff

        foreach (var page in (string[])["/privacy/watch", "/privacy/figures", "/privacy?decided=true"])
        {
            await officer.OpenAsync(page);
            Assert.Empty(await officer.AxeAsync());
        }

        Assert.Empty(officer.Complaints);
    }
}

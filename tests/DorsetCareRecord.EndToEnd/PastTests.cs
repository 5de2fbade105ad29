using System.Globalization;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>The record as it was known, what became of an item, the timeline, and words looked for inside.</summary>
public sealed class PastTests(OpenHouse house)
{
    [Fact]
    public async Task When_a_past_moment_is_opened_then_every_page_says_so_and_shows_what_was_known()
    {
        var (person, then) = await TellAsync("D-past-1");
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync($"/record/{person}?at={then}");

        var band = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "This is not the current record" });
        await Expect(band).ToContainTextAsync("Record as it was known at");
        await Expect(band).ToContainTextAsync("Recorded since then");
        await Expect(band).ToContainTextAsync("Latex");
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("25 mg");
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("50 mg");
        Assert.Equal(0, await visitor.Page.Locator("[data-live-lane]").CountAsync());
        Assert.Empty(await visitor.AxeAsync());
        Assert.Empty(visitor.Complaints);
        await visitor.PhotographAsync("as-known-at");
        await visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "This person's record" }).GetByRole(AriaRole.Link, new() { Name = "Medicines" }).ClickAsync();
        await Expect(band).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("50 mg");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Return to the current record" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("50 mg");
        await Expect(band).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_a_moment_is_chosen_without_script_then_the_record_of_then_opens_and_one_to_come_is_refused()
    {
        await using var visitor = await house.SignInAsync("nurse.dch", script: false);
        await visitor.EnterAsync(house.Record().PathAndQuery);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "As known at" }).ClickAsync();
        await visitor.Page.GetByLabel("Date and time, in Dorset").FillAsync("2026-01-02T10:32");
        await visitor.PhotographAsync("as-known-at-choose");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Show the record as known then" }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "This is not the current record" })).ToContainTextAsync("Record as it was known at 02-Jan-2026 10:32");
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "This is not the current record" })).ToContainTextAsync("Nothing had been received about this person by then.");
        Assert.Equal(404, (await visitor.EnterAsync(house.Record("letters").PathAndQuery + "?at=2120-01-01T00:00")).Status);
        Assert.Equal(404, (await visitor.EnterAsync(house.Record().PathAndQuery + "?at=yesterday")).Status);
    }

    [Fact]
    public async Task When_an_item_has_changed_then_its_change_log_leads_from_the_timeline_and_back_to_the_record_of_then()
    {
        var (person, _) = await TellAsync("D-past-2");
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync($"/record/{person}/timeline?section=Medicines");
        await Expect(visitor.Page.GetByText("1 of ")).ToBeVisibleAsync();
        Assert.Empty(await visitor.AxeAsync());
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Changes and origin of spironolactone") }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Where this came from" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^Strength 25 mg 50 mg") })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Dorset County Hospital, System C Medway");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("changes");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "The record as known then" }).Last.ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("25 mg");
    }

    [Fact]
    public async Task When_the_timeline_is_opened_then_sections_not_for_the_role_keep_their_place()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.EnterAsync(house.Record("timeline").PathAndQuery);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "To come" })).ToBeVisibleAsync();
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("timeline");
        await using var social = await house.SignInAsync("socialworker.dcc", width: 400);
        await social.EnterAsync(house.Record("timeline").PathAndQuery);
        await Expect(social.Page.GetByText("Results: Not available to your role.")).ToBeVisibleAsync();
        Assert.True(await social.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 400"));
        Assert.DoesNotContain("Urea", await social.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clinician.dch", true, "2 items found")]
    [InlineData("socialworker.dcc", false, "0 items found")]
    public async Task When_words_are_searched_inside_then_letters_are_looked_into_and_no_address_holds_the_words(string user, bool script, string says)
    {
        await using var visitor = await house.SignInAsync(user, script);
        await visitor.EnterAsync(house.Record("search").PathAndQuery);
        await visitor.Page.GetByLabel("Words to look for").FillAsync("nothing of the kind");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByText("found in")).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("Words to look for").FillAsync("breathless");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();

        await Expect(visitor.Page.GetByText(says)).ToBeVisibleAsync();
        Assert.DoesNotContain("breathless", visitor.Page.Url, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(house.Log, line => line.Contains("breathless", StringComparison.OrdinalIgnoreCase));
        if (script)
        {
            Assert.Empty(await visitor.AxeAsync());
            await visitor.PhotographAsync("search-inside");
        }
    }

    [Theory]
    [InlineData("pharmacist", 200)]
    [InlineData("clerk.rbch", 200)]
    [InlineData("admin.dch", 404)]
    [InlineData("privacy.dch", 404)]
    [InlineData("operator", 404)]
    public async Task When_a_role_opens_these_pages_then_it_is_let_in_or_turned_away(string user, int status)
    {
        await using var visitor = await house.SignInAsync(user);
        foreach (var page in (string[])["timeline", "search", "as-known-at"])
            Assert.Equal(status, (await visitor.EnterAsync(house.Record(page).PathAndQuery)).Status);
        var letter = await house.LetterAsync("Heart failure clinic letter");
        Assert.Equal(404, (await visitor.EnterAsync(house.Record($"changes/letters/{letter}").PathAndQuery)).Status);
    }

    /// <summary>Somebody whose medicine was doubled and whose allergy was found after the moment returned.</summary>
    private async Task<(Guid Person, string Then)> TellAsync(string id)
    {
        var at = TimeProvider.System.GetUtcNow();
        await house.Told.SayAsync(SourceCodes.SystemC, id, Told.State("person", Told.Demographics(Cast.Walter) with { FamilyName = "Legg", Deceased = null, DiedOn = null }, at), Told.State("m", Spironolactone("25 mg"), at));
        var then = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        await house.Told.SayAsync(SourceCodes.SystemC, id, Told.State("m", Spironolactone("50 mg"), at.AddSeconds(1)),
            Told.State("a", new Allergy { Kind = AllergyKind.Allergy, Substance = "Latex", Status = AllergyStatus.Active }, at.AddSeconds(1)));
        return (await house.Told.PersonOfAsync(SourceCodes.SystemC, id), then.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
    }

    private static Medicine Spironolactone(string strength) => new()
    {
        Name = "Spironolactone", Strength = strength, Kind = MedicineKind.Repeat, Status = MedicineStatus.Active,
    };
}

using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Possible same person, and the cutover: who gets in, what is noted, and what a human's word does, against a running worker.</summary>
public sealed class IdentityDeskTests(OpenHouse house)
{
    [Theory]
    [InlineData("clinician.dch", 404)]
    [InlineData("clerk.rbch", 404)]
    [InlineData("socialworker.dcc", 404)]
    [InlineData("pharmacist", 404)]
    [InlineData("privacy.dch", 404)]
    [InlineData("admin.dch", 404)]
    [InlineData("operator", 200)]
    public async Task When_a_role_comes_to_these_desks_then_it_is_let_in_or_gets_the_answer_of_a_page_that_is_not_there(string user, int status)
    {
        await using var visitor = await house.SignInAsync(user);

        foreach (var path in (string[])["/matches", "/cutover"])
            Assert.Equal(status, (await visitor.OpenAsync(path)).Status);
        Assert.Equal(404, (await visitor.OpenAsync($"/matches/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task When_a_pair_is_opened_then_it_is_noted_with_both_persons_and_shows_what_speaks_for_and_against()
    {
        var review = await TellPairAsync("Brightwell", "M1", "9990000050");
        await using var visitor = await house.SignInAsync("operator");

        await visitor.OpenAsync($"/matches/{review}");

        await Expect(visitor.Page.GetByText("You are seeing two patients’ details.")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Row, new() { Name = "Date of birth" })).ToContainTextAsync("day and month are swapped");
        await Expect(visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^NHS number") })).ToContainTextAsync("Same");
        Assert.Equal("2", await house.AskAsync($"select cardinality(found) from access.audit where action = 'read-match' and rules[1] = 'match:{review}' and role = 'operator'"));
        Assert.Empty(await visitor.AxeAsync());
        Assert.Empty(visitor.Complaints);
        await visitor.PhotographAsync("matches", whole: true);
    }

    [Fact]
    public async Task When_a_human_links_and_ends_the_link_then_each_word_is_a_row_and_both_are_as_before()
    {
        var review = await TellPairAsync("Okonjo", "M2", "9990000077");
        var before = await PersonsAsync("M2");
        var seq = await house.AskAsync("select max(seq) from access.audit");
        var audit = await house.AskAsync($"select md5(string_agg(a::text, '' order by seq)) from access.audit a where seq <= {seq}");
        await using var visitor = await house.SignInAsync("operator");

        await visitor.OpenAsync($"/matches/{review}");
        await DecideAsync(visitor, "Same person: link them", "birth certificate seen");
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Linked");
        var linked = await PersonsAsync("M2");
        var ruled = await house.AskAsync("select id from record.review where decision = 'same' and lifted_at is null and why = 'birth certificate seen'");
        await visitor.OpenAsync($"/matches/{ruled}");
        await DecideAsync(visitor, "End the link: different people", "two people after all");
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept apart");

        Assert.NotEqual(before, linked);
        Assert.Equal(audit, await house.AskAsync($"select md5(string_agg(a::text, '' order by seq)) from access.audit a where seq <= {seq}"));
        Assert.Equal(before, await PersonsAsync("M2"));
        Assert.Equal("same: birth certificate seen, apart: two people after all", await house.AskAsync("""
            select string_agg(decision || ': ' || why, ', ' order by decided_at) from record.decision
            where why in ('birth certificate seen', 'two people after all')
            """));
    }

    [Fact]
    public async Task When_the_question_is_put_off_then_the_pair_stays_apart_and_on_the_list_with_the_question()
    {
        var review = await TellPairAsync("Dunford", "M3", "9990000093");
        await using var visitor = await house.SignInAsync("operator");

        await visitor.OpenAsync($"/matches/{review}");
        await DecideAsync(visitor, "Ask first", "asked both data teams");

        await Expect(visitor.Page.GetByText("asked both data teams")).ToBeVisibleAsync();
        Assert.Equal("1", await house.AskAsync($"select count(*) from record.review where id = '{review}' and decided_at is null"));
    }

    [Fact]
    public async Task When_an_operator_announces_the_cutover_then_the_track_moves_and_a_step_out_of_turn_is_refused()
    {
        await using var visitor = await house.SignInAsync("operator");
        await visitor.OpenAsync("/cutover");
        Assert.Empty(await visitor.AxeAsync());

        await visitor.Page.GetByLabel("Why? Kept with your name").FillAsync("the day is agreed");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Announce the cutover" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("announced");
        await visitor.Page.GetByLabel("Why? Kept with your name").FillAsync("files are there");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Load the crosswalk" }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no crosswalk folder");
        await Expect(visitor.Page.Locator(".dcr-track .is-now")).ToContainTextAsync("Crosswalk");
        Assert.Equal("announced", await house.AskAsync("select string_agg(step, ' ') from record.cutover_step where why = 'the day is agreed'"));
        Assert.Empty(await visitor.AxeAsync());
        Assert.Empty(visitor.Complaints);
        await visitor.PhotographAsync("cutover", whole: true);
    }

    /// <summary>The same number and name, day and month of birth swapped; the review that this raises.</summary>
    private async Task<string> TellPairAsync(string family, string id, string number)
    {
        await house.Told.SayAsync(SourceCodes.CareCentric, id, Who(family, number, new DateOnly(1951, 8, 3)));
        await house.Told.SayAsync(SourceCodes.Camis, id, Who(family, number, new DateOnly(1951, 3, 8)));
        return (await house.AskAsync($"""
            select r.id from record.review r join record.identity i on i.id = r.identity_id where i.local_id = '{id}' and r.decided_at is null
            """))!;
    }

    private static Stated Who(string family, string number, DateOnly born) => Testing.Told.State(
        Demographics.Key,
        new Demographics
        {
            NhsNumber = number,
            NhsNumberStatus = "01",
            FamilyName = family,
            GivenNames = "Colin James",
            Gender = "Male",
            BornOn = ClinicalDate.OfDay(born),
            Address = "7 Quay Hill, Wareham",
            Postcode = "BH20 4ZZ",
        },
        new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    private Task<string?> PersonsAsync(string id) => house.AskAsync($"""
        select string_agg(l.person_id::text, ' ' order by i.source) from record.person_link l join record.identity i on i.id = l.identity_id
        where i.local_id = '{id}' and l.ended_at is null
        """);

    private static async Task DecideAsync(Visitor visitor, string word, string why)
    {
        await visitor.Page.GetByLabel(word).CheckAsync();
        await visitor.Page.GetByLabel("On what evidence?").FillAsync(why);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Record decision" }).ClickAsync();
    }
}

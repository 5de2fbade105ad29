using System.Globalization;
using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>The operators' desk: who gets in, what they see, and what they can ask for, against a running worker.</summary>
public sealed class FeedsDeskTests(OpenHouse house)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("clinician.dch", 404, 404)]
    [InlineData("socialworker.dcc", 404, 404)]
    [InlineData("pharmacist", 404, 404)]
    [InlineData("privacy.dch", 404, 404)]
    [InlineData("admin.dhc", 404, 404)] // its organisation sends nothing
    [InlineData("admin.dch", 200, 404)]
    [InlineData("operator", 200, 200)]
    public async Task When_a_role_comes_to_the_desk_then_it_is_let_in_or_gets_the_answer_of_a_page_that_is_not_there(string user, int desk, int messages)
    {
        await using var visitor = await house.SignInAsync(user);

        foreach (var (path, status) in new[] { ("/feeds", desk), ("/feeds/day", desk), ("/feeds/messages", messages), ("/feeds/codes", messages), ("/feeds/notices", messages) })
            Assert.Equal(status, (await visitor.OpenAsync(path)).Status);
        Assert.Equal(404, (await visitor.OpenAsync("/feeds/message/999999")).Status);
        Assert.Equal(user is "operator" or "admin.dch" ? 200 : 404, (await visitor.OpenAsync("/feeds/source/systemc")).Status);
        Assert.Equal(user == "operator" ? 200 : 404, (await visitor.OpenAsync("/feeds/source/camis")).Status);
    }

    [Fact]
    public async Task When_an_administrator_looks_then_they_see_their_own_sources_and_can_ask_for_nothing()
    {
        await using var visitor = await house.SignInAsync("admin.dch");

        await visitor.OpenAsync("/feeds");

        await Expect(visitor.Page.Locator("[data-source]")).ToHaveCountAsync(1);
        await visitor.OpenAsync("/feeds/source/systemc");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Stop applying" })).ToHaveCountAsync(0);
        Assert.Empty(await visitor.AxeAsync());
    }

    [Fact]
    public async Task When_an_operator_pauses_and_resumes_a_source_then_it_is_stored_answered_and_applied_after()
    {
        await using var visitor = await house.SignInAsync("operator");
        await visitor.OpenAsync("/feeds/source/systemc");
        await AskAsync(visitor, "why-pause", "a comparison", "Stop applying");
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Paused");
        using var hospital = new Mllp(house.SystemC);

        var answer = await hospital.SendAsync(Admission("PAUSE1", "19370314"), Cancel);
        var state = await house.AskAsync("select case when w.message_id is null then 'not waiting' else 'waiting' end from inbox.message m left join inbox.waiting w on w.message_id = m.id where control_id = 'PAUSE1'");
        await visitor.OpenAsync("/feeds");
        var row = visitor.Page.Locator("[data-source=systemc]");
        await Expect(row).ToContainTextAsync("Paused");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("feeds", whole: true);
        await visitor.OpenAsync("/feeds/source/systemc");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("feeds-source", whole: true);
        await AskAsync(visitor, "why-pause", "done", "Apply again");

        Assert.Equal(("AA", "waiting"), (answer, state));
        await UntilAsync("select outcome from inbox.settled s join inbox.message m on m.id = s.message_id where control_id = 'PAUSE1'", "applied");
        Assert.Equal("2", await house.AskAsync("select count(*) from access.audit where action = 'ask-act' and role = 'operator' and rules[1] like '%:systemc' and searched in ('a comparison', 'done')"));
    }

    [Fact]
    public async Task When_a_message_is_read_then_the_note_is_there_first_and_a_strip_says_so_and_it_can_be_mended()
    {
        using var hospital = new Mllp(house.SystemC);
        // No patient anywhere in it: parked.
        await hospital.SendAsync(Admission("MEND1", "19370314").Replace("M9000001^^^RBD01^HOSP~9990000018^^^NHS^NHS", "", StringComparison.Ordinal), Cancel);
        await UntilAsync("select p.reason from inbox.parked p join inbox.message m on m.id = p.message_id where control_id = 'MEND1'", "no-patient");
        var id = await house.AskAsync("select id from inbox.message where control_id = 'MEND1'");
        await using var visitor = await house.SignInAsync("operator");

        await visitor.OpenAsync($"/feeds/message/{id}");
        await Expect(visitor.Page.Locator("main")).Not.ToContainTextAsync("HARDWICK");
        Assert.Equal("0", await house.AskAsync($"select count(*) from access.audit where action = 'read-message' and rules @> array['message:{id}']"));
        Assert.Empty(await visitor.AxeAsync());
        await AskAsync(visitor, "why-read", "feed repair", "Show the message");

        await Expect(visitor.Page.GetByText("You are seeing a patient’s content.")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("HARDWICK");
        Assert.Equal("operator feed repair", await house.AskAsync($"select role || ' ' || searched from access.audit where action = 'read-message' and rules @> array['message:{id}']"));
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("feeds-message", whole: true);

        var body = await visitor.Page.Locator("#body").InputValueAsync();
        await visitor.Page.Locator("#body").FillAsync(body.Replace("PID|1||", "PID|1||M9000001^^^RBD01^HOSP~9990000018^^^NHS^NHS", StringComparison.Ordinal));
        await AskAsync(visitor, "why-edit", "the number was left out", "Send the mended copy");

        var copy = await house.AskAsync($"select message_id from inbox.edit where original_id = {id}");
        await UntilAsync($"select outcome from inbox.settled where message_id = {copy}", "applied");
        Assert.Equal("set-aside", await house.AskAsync($"select outcome from inbox.settled where message_id = {id}"));
        Assert.Equal("t", (await house.AskAsync($"select position('M9000001' in convert_from(body, 'UTF8')) = 0 from inbox.message where id = {id}"))?[..1].ToLowerInvariant());
        await visitor.OpenAsync($"/feeds/message/{id}");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = copy!, Exact = true })).ToBeVisibleAsync();
        Assert.Equal("0", await house.AskAsync("select count(*) from inbox.act where args::text like '%HARDWICK%' and kind <> 'edit'"));
    }

    [Fact]
    public async Task When_a_message_is_tried_dry_then_what_would_become_of_it_is_said_before_the_button()
    {
        using var hospital = new Mllp(house.SystemC);
        await hospital.SendAsync(Admission("DRY1", "19370314"), Cancel);
        await UntilAsync("select outcome from inbox.settled s join inbox.message m on m.id = s.message_id where control_id = 'DRY1'", "applied");
        var id = await house.AskAsync("select id from inbox.message where control_id = 'DRY1'");
        await house.AskAsync($"""
            with gone as (delete from inbox.settled where message_id = {id} returning message_id, received_at, source)
            insert into inbox.parked select message_id, received_at, 0, source, 'adapter-fault', null, null, 1, now(), array['M9000001'] from gone returning 1
            """);
        await using var reader = await house.SignInAsync("clinician.dch");
        await reader.OpenAsync(house.Record().PathAndQuery);
        var missing = reader.Page.GetByRole(AriaRole.Region, new() { Name = "Not processed" });
        await Expect(missing).ToContainTextAsync("1 message about this person could not be processed");
        Assert.Empty(await reader.AxeAsync());
        await using var visitor = await house.SignInAsync("operator");
        await visitor.OpenAsync($"/feeds/message/{id}");

        await AskAsync(visitor, "why-replay", "the adapter is mended", "Dry run first");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Dry run: this message would now be applied") })).ToBeVisibleAsync();
        Assert.Empty(await visitor.AxeAsync());
        Assert.Equal("parked", await house.AskAsync($"select 'parked' from inbox.parked where message_id = {id}"));
        await visitor.OpenAsync("/feeds/messages?reason=adapter-fault");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("feeds-parked", whole: true);
        await AskAsync(visitor, "why-replay", "the adapter is mended", "Replay");

        await UntilAsync($"select outcome from inbox.settled where message_id = {id}", "applied");
        await reader.OpenAsync(house.Record().PathAndQuery);
        await Expect(missing).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task When_messages_are_sought_then_the_words_are_noted_and_stand_in_no_address_and_no_log()
    {
        using var hospital = new Mllp(house.SystemC);
        await hospital.SendAsync(Admission("SOUGHT1", "19370314"), Cancel);
        await UntilAsync("select outcome from inbox.settled s join inbox.message m on m.id = s.message_id where control_id = 'SOUGHT1'", "applied");
        var id = await house.AskAsync("select id from inbox.message where control_id = 'SOUGHT1'");
        await using var visitor = await house.SignInAsync("operator");
        await visitor.OpenAsync("/feeds/messages");

        await visitor.Page.Locator("#sought").FillAsync("999 000 0018");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = id!, Exact = true })).ToBeVisibleAsync();
        Assert.Equal("/feeds/messages?handler=Find", new Uri(visitor.Page.Url).PathAndQuery);
        Assert.DoesNotContain(house.Log, line => line.Contains("9990000018", StringComparison.Ordinal));
        Assert.NotEqual("0", await house.AskAsync("select count(*) from access.audit where action = 'search-messages' and searched = '9990000018'"));
        Assert.Empty(await visitor.AxeAsync());
        foreach (var page in (string[])["/feeds/codes", "/feeds/day"])
        {
            await visitor.OpenAsync(page);
            Assert.Empty(await visitor.AxeAsync());
        }

        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task When_the_database_is_asked_for_a_message_without_a_note_then_it_refuses()
    {
        await using var portal = Npgsql.NpgsqlDataSource.Create(house.Database.Portal);
        await using var command = portal.CreateCommand("select * from inbox.read_message(1, 1)");

        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteScalarAsync(Cancel));

        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task When_a_source_falls_silent_or_is_held_back_then_open_pages_say_so_within_a_minute_and_clear_by_themselves()
    {
        using var hospital = new Mllp(house.SystemC);
        await hospital.SendAsync(Admission("HEARD1", "19370314"), Cancel);
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        var foot = visitor.Page.Locator("#letters .dcr-complete");
        await Expect(foot.Locator(".dcr-silent")).ToHaveCountAsync(0);
        await using var desk = await house.SignInAsync("operator");

        // One hospital says nothing more, and at this hour that counts as silence after a moment; another is stopped by the desk.
        await house.AskAsync("insert into inbox.expectation select 'systemc', n, 0, '1 second', '2 seconds', 0, now() from generate_series(0, 167) n returning 1");
        await desk.OpenAsync("/feeds/source/carecentric");
        await AskAsync(desk, "why-pause", "a wrong ward code", "Stop applying");
        await Expect(desk.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Paused");

        await Expect(foot.GetByText("Nothing received since: DCH")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        // In each section that shows what the stopped source sends, and in none that does not.
        foreach (var section in (string[])["#letters", "#results", "#encounters"])
            await Expect(visitor.Page.Locator($"{section} .dcr-complete").GetByText("Held back since: Poole")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(visitor.Page.Locator("#medicines .dcr-complete")).Not.ToContainTextAsync("Held back");
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("A source is heard differently");
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("silent");
        await desk.OpenAsync("/feeds");
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^System C Medway at Dorset County Hospital has been silent for") })).ToBeVisibleAsync();
        Assert.Empty(await desk.AxeAsync());
        await desk.PhotographAsync("feeds-silent", whole: true);
        await house.AskAsync("delete from inbox.expectation where source = 'systemc' returning 1");
        await desk.OpenAsync("/feeds/source/carecentric");
        await AskAsync(desk, "why-pause", "mended", "Apply again");
        await Expect(foot.Locator(".dcr-silent")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task When_a_source_is_staged_then_its_tester_is_told_so_and_others_do_not_see_it()
    {
        await using var desk = await house.SignInAsync("operator");
        await desk.OpenAsync("/feeds/source/systemc");
        await desk.Page.Locator("#testers").FillAsync("clinician.poole");
        await AskAsync(desk, "why-stage", "first light", "Set who sees it");
        try
        {
            await Expect(desk.Page.Locator("#main")).ToContainTextAsync("1 safety testers only");
            Assert.Empty(await desk.AxeAsync());
            await desk.OpenAsync("/feeds");
            await Expect(desk.Page.Locator("[data-source=systemc]")).ToContainTextAsync("Safety testers");

            await using var tester = await house.SignInAsync("clinician.poole");
            await tester.OpenAsync(house.Record().PathAndQuery);
            await Expect(tester.Page.GetByRole(AriaRole.Region, new() { Name = "Being tested" })).ToContainTextAsync("Dorset County Hospital is shown to you as a safety tester");
            Assert.Empty(await tester.AxeAsync());
            await tester.PhotographAsync("staged");

            await using var other = await house.SignInAsync("clinician.dch");
            await other.OpenAsync(house.Record().PathAndQuery);
            await Expect(other.Page.GetByRole(AriaRole.Region, new() { Name = "Being tested" })).ToHaveCountAsync(0);
            await Expect(other.Page.Locator("#results .dcr-complete")).ToContainTextAsync("Not connected: DCH");
        }
        finally
        {
            await house.AskAsync("update access.feed_stage set ended_at = now(), ended_by = 'test' where ended_at is null returning 1");
        }
    }

    private static async Task AskAsync(Visitor visitor, string field, string why, string button)
    {
        await visitor.Page.Locator($"#{field}").FillAsync(why);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.Load);
    }

    private async Task UntilAsync(string sql, string value)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await house.AskAsync(sql) != value)
            await beat.WaitForNextTickAsync(Cancel);
    }

    /// <summary>Edith under another number of System C.</summary>
    private static string Admission(string control, string born)
    {
        var at = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return $"""
            MSH|^~\&|MEDWAY|RBD01|DCR|DCR|{at}||ADT^A28|{control}|P|2.4
            EVN|A28|{at}
            PID|1||M9000001^^^RBD01^HOSP~9990000018^^^NHS^NHS||HARDWICK^EDITH^^^MRS||{born}|F
            """;
    }
}

using System.Text.Json;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Sending;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>What operators type, and what they read.</summary>
public sealed class CommandTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_nothing_has_come_then_every_command_says_so()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);

        var inbox = await worker.AskAsync(Cancel, "inbox", "--json");

        Assert.Equal(0, JsonDocument.Parse(inbox.Said).RootElement.GetProperty("total").GetProperty("messages").GetInt32());
        Assert.Equal((0, "0 parked\n"), await worker.AskAsync(Cancel, "parked"));
        Assert.Equal((0, "no difference in 0 people, 0 messages\n"), await worker.AskAsync(Cancel, "verify"));
        Assert.Equal((0, "rebuilt from 0 messages, 0 rows exchanged\n"), await worker.AskAsync(Cancel, "rebuild"));
        Assert.Equal((1, "No message 7 is parked.\n"), await worker.AskAsync(Cancel, "replay", "7"));
    }

    [Fact]
    public async Task When_a_person_is_asked_for_then_the_record_is_shown_under_its_headings()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await new Told(database).SayAsync(SourceCodes.SystemC, Cast.Edith.HospitalNumber,
            Told.State(Demographics.Key, Told.Demographics(Cast.Edith), Morning),
            Told.State("A1", new Allergy { Kind = AllergyKind.Allergy, Substance = "Penicillin", Status = AllergyStatus.Active }, Morning));

        var shown = await worker.AskAsync(Cancel, ["show", .. Cast.Edith.NhsNumber!.Value.ForDisplay().Split(' ')]);
        var early = await worker.AskAsync(Cancel, "show", Cast.Edith.NhsNumber.Value.Digits, "--as-at", "2020-01-01T00:00Z");

        var sections = JsonDocument.Parse(shown.Said).RootElement.GetProperty("people")[0].GetProperty("sections");
        Assert.Equal("Penicillin", sections.GetProperty("Allergies")[0].GetProperty("says").GetProperty("substance").GetString());
        Assert.Equal(
            ["Person", "Alerts", "Problems and diagnoses", "Medicines", "Allergies", "Results", "Next of kin", "Carers and care providers", "Letters", "Encounters", "Immunisations"],
            sections.EnumerateObject().Select(s => s.Name));
        Assert.Equal((1, "No record had this NHS number then.\n"), early);
    }

    [Fact]
    public async Task When_a_person_is_asked_for_then_it_is_noted_who_asked_for_whom_and_why_also_when_nobody_is_found()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);

        await worker.AskAsync(Cancel, "show", "999 000 0026", "--as-at", "2026-03-01T09:00Z", "--why", "a complaint");
        await worker.AskAsync(Cancel, "show", "9990000026");
        await worker.AskAsync(Cancel, "show", "9990000027");

        await using var owner = await database.OpenAsync();
        await using var notes = new NpgsqlCommand("""
            select string_agg(concat_ws(' / ', kind, outcome, name, organisation, args ->> 'command', args ->> 'words', why), chr(10) order by asked_at) from inbox.act
            """, owner);
        var me = Environment.UserName;
        Assert.Equal(
            $"look / done / {me} / command line / show / 9990000026 as at 2026-03-01T09:00:00.0000000+00:00 / a complaint\n"
            + $"look / done / {me} / command line / show / 9990000026 / asked at the command line",
            await notes.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task When_the_look_cannot_be_noted_then_nothing_is_shown()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await new Told(database).SayAsync(SourceCodes.SystemC, Cast.Edith.HospitalNumber, Told.State(Demographics.Key, Told.Demographics(Cast.Edith), Morning));
        await using var owner = await database.OpenAsync();
        await using (var revoke = new NpgsqlCommand("revoke insert on inbox.act from dcr_worker", owner))
            await revoke.ExecuteNonQueryAsync(Cancel);

        var shown = await worker.AskAsync(Cancel, "show", Cast.Edith.NhsNumber!.Value.Digits);

        Assert.NotEqual(0, shown.Code);
        Assert.DoesNotContain("sections", shown.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Cast.Edith.HospitalNumber, shown.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No record has this NHS number.", "show", "9990000026")]
    [InlineData("\"999 000 0019\" is not an NHS number: it needs ten digits, the last a valid check digit.", "show", "999 000 0019")]
    [InlineData("\"teatime\" is not a time: write 2026-11-23T14:00 (Dorset time) or 2026-11-23T14:00Z.", "show", "9990000026", "--as-at", "teatime")]
    [InlineData("A message id is a number, as ./dcr parked lists them.", "replay", "seven")]
    public async Task When_a_command_cannot_then_one_sentence_says_why(string sentence, params string[] words)
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);

        Assert.Equal((1, sentence + "\n"), await worker.AskAsync(Cancel, words));
    }

    [Fact]
    public async Task When_a_row_was_touched_by_hand_then_verify_says_where_and_ends_with_1_and_rebuild_mends_it()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);
        await TellAsync(worker);
        await using var owner = await database.OpenAsync();
        await SettledAsync(owner, 3);
        await using (var touch = new NpgsqlCommand("update record.result set value = '999' where id = (select min(id::text)::uuid from record.result)", owner))
            Assert.Equal(1, await touch.ExecuteNonQueryAsync(Cancel));

        var touched = await worker.AskAsync(Cancel, "verify");
        var json = await worker.AskAsync(Cancel, "verify", "--json");
        var rebuilt = await worker.AskAsync(Cancel, "rebuild");
        var mended = await worker.AskAsync(Cancel, "verify");

        Assert.Equal((1, "1 differences"), (touched.Code, touched.Said.TrimEnd().Split('\n')[^1]));
        Assert.Equal(1, json.Code);
        Assert.Equal("differs in value", JsonDocument.Parse(json.Said).RootElement.GetProperty("differences")[0].GetProperty("what").GetString());
        Assert.Equal((0, "rebuilt from 3 messages, 2 rows exchanged\n"), rebuilt);
        Assert.StartsWith("no difference in ", mended.Said, StringComparison.Ordinal);
    }

    /// <summary>Three reports of one value each.</summary>
    private static async Task TellAsync(WorkerProcess worker)
    {
        var file = Path.GetTempFileName();
        await using (var journal = new Journal(file))
            await new Lines(journal, worker.PortOf, connections: 1).SendAsync([.. Enumerable.Range(0, 3).Select(n => Said.Results($"T{n}", $"TOLD{n}", n, $"T{n}", values: 1, level: n))], Cancel);
        File.Delete(file);
    }

    private static async Task SettledAsync(NpgsqlConnection owner, long messages)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        await using var command = new NpgsqlCommand("select count(*) from inbox.settled", owner);
        while ((long)(await command.ExecuteScalarAsync(Cancel))! < messages)
            await beat.WaitForNextTickAsync(Cancel);
    }
}

using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Projection.Tests.Applying;

/// <summary>
/// Encounters that were another patient's, or got another number (A45, A42, A50, A51). The laws of the record hold for them as for
/// everything: the county of the property tests moves too.
/// </summary>
public sealed class MoveTests(PostgresFixture postgres)
{
    private static readonly LocalPatient Edith = new(SourceCodes.SystemC, "D1000001");
    private static readonly LocalPatient Ernest = new(SourceCodes.SystemC, "D1000002");
    private static readonly NhsNumber EdithsNumber = Cast.Edith.NhsNumber!.Value;

    private static readonly ClinicalDate Admitted = County.Day(2026, 3, 1);

    [Fact]
    public async Task When_an_encounter_is_moved_then_all_that_was_said_of_it_goes_with_it()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Introduced(1, Edith, "9990000018"), Introduced(2, Ernest, "9990000026"), AdmittedUnder(3, Ernest), Diagnosed(4, Ernest), Letter(5, Ernest)]);

        await database.ApplyAsync(Moved(6, Ernest, "V1", Edith, "V1", minute: 5));

        Assert.Equal(["9990000018 encounter V1 I", "9990000018 letter L1 V1", "9990000018 problem V1|I10 V1"], await ShownAsync(database));
        Assert.Equal(1, await database.ScalarAsync<long>("""
            select count(*) from letter l join document d on d.home = l.home and d.entry_id = l.id and d.hash = l.content_hash
            """));
    }

    [Fact]
    public async Task When_a_message_still_names_the_former_patient_then_it_is_heard_at_the_new()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Introduced(1, Edith, "9990000018"), Introduced(2, Ernest, "9990000026"), Moved(3, Ernest, "V1", Edith, "V1", minute: 5)]);

        await database.ApplyAsync(AdmittedUnder(4, Ernest));

        Assert.Equal(["9990000018 encounter V1 I"], await ShownAsync(database));
    }

    [Fact]
    public async Task When_it_is_moved_back_then_it_is_as_before()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Introduced(1, Edith, "9990000018"), Introduced(2, Ernest, "9990000026"), AdmittedUnder(3, Ernest), Diagnosed(4, Ernest)]);
        var before = await ShownAsync(database);

        await database.ApplyOneByOneAsync([Moved(5, Ernest, "V1", Edith, "V1", minute: 5), Moved(6, Edith, "V1", Ernest, "V1", minute: 6)]);

        Assert.Equal(before, await ShownAsync(database));
    }

    [Fact]
    public async Task When_a_visit_gets_another_number_then_its_diagnoses_keep_their_list_under_it()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyOneByOneAsync([Introduced(1, Edith, "9990000018"), AdmittedUnder(2, Edith), Diagnosed(3, Edith), Moved(4, Edith, "V1", Edith, "V2", minute: 5)]);
        Assert.Equal(["9990000018 encounter V2 I", "9990000018 problem V2|I10 V2"], await ShownAsync(database));

        await database.ApplyAsync(County.Message(5, Edith, new ListStated("DG1|V2", typeof(Problem), [], County.At(6))));

        Assert.True(await database.ScalarAsync<bool>("select ended from problem"));
    }

    [Fact]
    public async Task When_asked_as_at_a_time_before_the_move_then_it_is_the_former_patients()
    {
        await using var database = await Database.NewAsync(postgres);
        var moved = Moved(4, Ernest, "V1", Edith, "V1", minute: 5);
        await database.ApplyOneByOneAsync([Introduced(1, Edith, "9990000018"), Introduced(2, Ernest, "9990000026"), AdmittedUnder(3, Ernest), moved]);

        var reader = new RecordReader(database.Source);
        var before = await reader.ReadAsync(EdithsNumber, moved.ReceivedAt.AddMilliseconds(-1));
        var after = await reader.ReadAsync(EdithsNumber, moved.ReceivedAt);
        var now = await reader.ReadAsync(EdithsNumber, null);

        Assert.Empty(before!.People[0].Sections["Encounters"]);
        Assert.Equal(RecordText.Of(now! with { AsAt = moved.ReceivedAt }), RecordText.Of(after!));
    }

    /// <summary>An item that both numbers of a merged patient have is shown once, wherever a move brings it from.</summary>
    [Fact]
    public async Task When_a_move_gives_a_merged_patient_what_their_other_number_has_then_one_covers_the_other_until_it_goes_back()
    {
        await using var database = await Database.NewAsync(postgres);
        var formerly = new LocalPatient(SourceCodes.SystemC, "D1000003");
        await database.ApplyOneByOneAsync(
        [
            Introduced(1, Edith, "9990000018"), Introduced(2, Ernest, "9990000026"), Introduced(3, formerly, "9990000018"),
            County.Message(4, Edith, new Merged(Edith, formerly, County.At(1))), AdmittedUnder(5, Edith), AdmittedUnder(6, Ernest),
        ]);
        var before = await CoversAsync();

        await database.ApplyAsync(Moved(7, Ernest, "V1", formerly, "V1", minute: 5));
        var moved = await CoversAsync();
        await database.ApplyAsync(Moved(8, formerly, "V1", Ernest, "V1", minute: 6));

        Assert.Equal(("", "merged"), (before, moved));
        Assert.Equal(before, await CoversAsync());

        Task<string> CoversAsync() => database.ScalarAsync<string>(
            "select coalesce(string_agg(c.why, ','), '') from cover c join encounter e on e.home = c.home and e.id = c.entry_id");
    }

    private static MessageFacts Introduced(long id, LocalPatient patient, string number) => County.Message(id, patient,
        new Stated(Demographics.Key, new Demographics { NhsNumber = number, FamilyName = patient.Id, BornOn = County.Day(1937, 3, 14) }, County.At(0)));

    private static MessageFacts AdmittedUnder(long id, LocalPatient patient) => County.Message(id, patient,
        new Stated("V1", new Encounter { Kind = EncounterKind.Inpatient, StartAt = Admitted }, County.At(1)));

    private static MessageFacts Diagnosed(long id, LocalPatient patient) => County.Message(id, patient,
        new Stated("V1|I10", new Problem { Kind = ProblemKind.Diagnosis, Text = "Hypertension", Status = ProblemStatus.NotStated, EncounterKey = "V1" }, County.At(2), "DG1|V1"),
        new ListStated("DG1|V1", typeof(Problem), ["V1|I10"], County.At(2)));

    private static MessageFacts Letter(long id, LocalPatient patient) => County.Message(id, patient,
        new Stated("L1", new Letter { Kind = LetterKind.Discharge, Title = "Discharge", Status = LetterStatus.Final, EncounterKey = "V1", Document = new Document("text/plain", [1, 2, 3], null) }, County.At(3)));

    private static MessageFacts Moved(long id, LocalPatient prior, string priorKey, LocalPatient owner, string key, int minute) =>
        County.Message(id, owner, new Moved(prior, priorKey, owner, key, County.At(minute)));

    /// <summary>By whose number, what, and what tells that its content came along.</summary>
    private static async Task<List<string>> ShownAsync(Database database)
    {
        var shown = await database.ScalarAsync<string>("""
            select coalesce(string_agg(t.nhs_number || ' ' || x.what, ',' order by t.nhs_number || ' ' || x.what), '') from (
              select identity_id, 'encounter ' || source_key || ' ' || case kind when 1 then 'I' else '' end from encounter
              union all select identity_id, 'problem ' || source_key || ' ' || encounter_key from problem
              union all select identity_id, 'letter ' || source_key || ' ' || encounter_key from letter) x (identity_id, what)
            join trait t on t.identity_id = x.identity_id
            """);
        return [.. shown.Split(',', StringSplitOptions.RemoveEmptyEntries)];
    }
}

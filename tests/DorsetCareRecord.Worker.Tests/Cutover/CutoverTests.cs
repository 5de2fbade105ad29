using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Simulator.County.Cutover;
using DorsetCareRecord.Testing;
using Xunit;

namespace DorsetCareRecord.Worker.Tests.Cutover;

/// <summary>Camis gives way to CareCentric: the acceptance tests of a cutover, played by the county's own lives.</summary>
public sealed class CutoverTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_all_is_signed_and_switched_then_nobody_loses_an_allergy_and_no_admission_is_doubled()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        var (patient, number) = await APatientAsync(house);
        await house.AdmitAsync(patient, number);
        var before = await AllergiesAndAdmissionsAsync(house);
        await house.PrepareAsync();

        await house.TakeAsync(CutoverStepName.Live);

        var after = await AllergiesAndAdmissionsAsync(house);
        Assert.NotEmpty(before.SelectMany(p => p.Value.Allergies));
        Assert.Contains(before, p => p.Value.Open > 0);
        foreach (var (person, had) in before)
        {
            Assert.Superset(had.Allergies, after[person].Allergies);
            Assert.Equal(had.Open, after[person].Open);
            Assert.Equal(had.Visits, after[person].Visits);
        }

        Assert.True((await house.StateAsync()).NewSpeaks);
        Assert.Empty(await house.VerifyAsync());
    }

    [Fact]
    public async Task When_it_is_rolled_back_then_every_page_is_as_before_to_the_letter_and_switching_again_gives_the_same()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        var before = await house.PagesAsync();
        await house.PrepareAsync();
        var prepared = await house.PagesAsync();
        await house.TakeAsync(CutoverStepName.Live);
        var live = await house.PagesAsync();

        var alone = await house.StepAsync(CutoverStepName.RollBack, name: "Olive Operator");
        var (outcome, _) = await house.StepAsync(CutoverStepName.RollBack, name: "Dr Vane");
        var back = await house.PagesAsync();
        await house.TakeAsync(CutoverStepName.Live);

        Assert.Equal((ActOutcome.Refused, ActOutcome.Done), (alone.Outcome, outcome));
        Assert.Equal(before, prepared);
        Assert.NotEqual(before, live);
        Assert.Equal(before, back);
        Assert.Equal(live, await house.PagesAsync());
    }

    [Fact]
    public async Task When_the_backload_is_taken_twice_then_nothing_changes()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.PrepareAsync();
        await house.TakeAsync(CutoverStepName.Live);
        var (pages, covers) = (await house.PagesAsync(), await CoversAsync(house));

        await house.TakeAsync(CutoverStepName.Backload);

        Assert.Equal(pages, await house.PagesAsync());
        Assert.Equal(covers, await CoversAsync(house));
        Assert.Equal(
            await house.ScalarAsync<long>("select count(*) from inbox.message where load = 'migration'"),
            2 * await house.ScalarAsync<long>("select count(*) from inbox.settled where source = 'carecentric-rbch' and outcome = 'duplicate'"));
        Assert.Empty(await house.VerifyAsync());
    }

    [Fact]
    public async Task When_camis_speaks_late_then_its_message_lands_and_the_open_page_has_it()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.PrepareAsync();
        await house.TakeAsync(CutoverStepName.Live, CutoverStepName.Close);
        var (patient, number) = await APatientAsync(house);

        await house.TellAsync(SourceCodes.Camis, $"""
            MSH|^~\&|APEX|RDZ|DCR|DORSET|20261123130500||ORU^R01|LATE1|P|2.3
            PID|1|{number}|{patient}^^^RDZ^PAS
            OBR|1||LATE77|U/E^Urea and electrolytes|||20261123080000|||||||||||||||20261123120000|||F
            OBX|1|NM|K^Potassium||4.4|mmol/L|3.5-5.3|N|||F
            """);

        var page = await house.PageAsync(await house.PersonOfAsync(SourceCodes.Camis, patient));
        Assert.Contains(page.Results.Entries, e => e is { Source: SourceCodes.Camis, Item.Test: "Potassium" } && e.Key.Contains("LATE77", StringComparison.Ordinal));
        Assert.True((await house.StateAsync()).IsClosed);
        Assert.Empty(await house.VerifyAsync());
    }

    [Fact]
    public async Task When_the_extract_forgets_allergies_then_the_cut_cannot_be_signed_until_it_is_mended()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres, new CutoverFaults { ForgottenAllergies = 2 });
        await house.TakeAsync(CutoverStepName.Announce, CutoverStepName.Crosswalk);

        var (_, stopped) = await house.StepAsync(CutoverStepName.Compare);
        var (signing, why) = await house.StepAsync(CutoverStepName.Sign, "safety", "Dr Vane");
        var allergies = (await house.StateAsync()).Latest!.Counts.Single(c => c.Concept == Concepts.Allergies);
        await house.DeliverAsync(new CutoverFaults());
        var (_, mended) = await house.StepAsync(CutoverStepName.Compare);

        Assert.Contains("2 of allergies for 2 people are in the old system only", stopped, StringComparison.Ordinal);
        Assert.Equal(ActOutcome.Refused, signing);
        Assert.Contains("cannot be signed", why, StringComparison.Ordinal);
        Assert.Equal(("stops", 2L), (allergies.State, allergies.OnlyOld));
        Assert.Contains("found nothing that stops the cut", mended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_people_are_missing_in_the_crosswalk_then_they_stop_the_cut_by_name_of_concept()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres, new CutoverFaults { Unmapped = 3 });
        await house.TakeAsync(CutoverStepName.Announce, CutoverStepName.Crosswalk);

        await house.StepAsync(CutoverStepName.Compare);

        var people = (await house.StateAsync()).Latest!.Counts.Single(c => c.Concept == Concepts.People);
        Assert.Equal(("stops", 3L, 3L), (people.State, people.OnlyOld, people.OnlyNew));
    }

    [Fact]
    public async Task When_a_step_is_taken_out_of_turn_then_it_is_refused_and_nothing_is_written()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);

        foreach (var step in Enum.GetValues<CutoverStepName>().Where(s => s != CutoverStepName.Announce))
            Assert.Equal(ActOutcome.Refused, (await house.StepAsync(step, "safety", "Dr Vane")).Outcome);

        Assert.Equal(0, await house.ScalarAsync<long>("select count(*) from cutover_step"));
        Assert.Equal(0, await house.ScalarAsync<long>("select count(*) from inbox.message where source = 'carecentric-rbch'"));
    }

    [Fact]
    public async Task When_a_crosswalk_has_faults_then_each_is_named_by_file_line_and_column_and_nothing_is_taken()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.TakeAsync(CutoverStepName.Announce);
        await File.WriteAllTextAsync(Path.Combine(house.Folder, "crosswalk", "patients.csv"), "old_id,new_id\r\nA1,B1\r\n,B2\r\nA1,B3\r\nA4\r\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(house.Folder, "crosswalk", "visits.csv"), "old,new_id\r\n1,2\r\n", Cancel);

        var (outcome, said) = await house.StepAsync(CutoverStepName.Crosswalk);

        Assert.Equal(ActOutcome.Refused, outcome);
        foreach (var fault in (string[])
        [
            "patients.csv, line 3, old_id: empty", "patients.csv, line 4, old_id: also on line 2, with another new_id",
            "patients.csv, line 5: more or fewer cells than the header has", "visits.csv: no column old_id",
        ])
            Assert.Contains(fault, said, StringComparison.Ordinal);
        Assert.Equal(0, (await house.StateAsync()).Crosswalk);
    }

    [Fact]
    public async Task When_the_old_system_merges_during_the_freeze_then_the_person_has_one_record_and_no_item_twice()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.PrepareAsync();
        await house.TakeAsync(CutoverStepName.Live);
        var (patient, number) = await APatientAsync(house);
        var before = await house.PageAsync(await house.PersonOfAsync(SourceCodes.Camis, patient));

        // Camis alone merges a number it made in a hurry; CareCentric never heard of it.
        await house.TellAsync(SourceCodes.Camis,
            $"""
            MSH|^~\&|CAMIS|RDZ|DCR|DORSET|20261123130600||ADT^A28|FRZ1|P|2.3
            EVN|A28|20261123130600
            PID|1||9990001Z^^^RDZ^PAS||HURRY^UNKNOWN
            """,
            $"""
            MSH|^~\&|CAMIS|RDZ|DCR|DORSET|20261123130700||ADT^A34|FRZ2|P|2.3
            EVN|A34|20261123130700
            PID|1|{number}|{patient}^^^RDZ^PAS
            MRG|9990001Z^^^RDZ^PAS
            """);

        var person = await house.PersonOfAsync(SourceCodes.Camis, patient);
        var after = await house.PageAsync(person);
        Assert.Equal(person, await house.PersonOfAsync(SourceCodes.Camis, "9990001Z"));
        Assert.Equal(before.Encounters.Total, after.Encounters.Total);
        Assert.Equal(before.Allergies.Total, after.Allergies.Total);
        Assert.Empty(await house.VerifyAsync());
    }

    [Fact]
    public async Task When_the_new_system_merges_two_that_camis_kept_apart_then_nothing_of_either_is_hidden_from_the_other()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.PrepareAsync();
        await house.TakeAsync(CutoverStepName.Live);
        var (one, _) = await APatientAsync(house, 0);
        var (other, _) = await APatientAsync(house, 1);
        var (onesAllergies, others) = (await AllergiesOfAsync(house, one), await AllergiesOfAsync(house, other));

        await house.TellAsync(SourceCodes.CareCentricBournemouth, $"""
            MSH|^~\&|CARECENTRIC|RDZ|DCR|DORSET|20261123131000||ADT^A40^ADT_A39|CCM1|P|2.4
            EVN|A40|20261123131000
            PID|1||{CutoverPlay.NewPatient(one)}^^^RDZ^MR
            MRG|{CutoverPlay.NewPatient(other)}^^^RDZ^MR
            """);

        // Two numbers and two birth dates contradict the merge: it waits for a human, and both stay as they were.
        Assert.NotEqual(await house.PersonOfAsync(SourceCodes.Camis, one), await house.PersonOfAsync(SourceCodes.Camis, other));
        Assert.Equal(onesAllergies, await AllergiesOfAsync(house, one));
        Assert.Equal(others, await AllergiesOfAsync(house, other));
        Assert.Equal(1, await house.ScalarAsync<long>("select count(*) from review where decided_at is null and evidence like 'merged%'"));
    }

    [Fact]
    public async Task When_the_backload_is_taken_then_it_is_quiet_and_its_times_are_the_sources()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.TakeAsync(
            CutoverStepName.Announce, CutoverStepName.Crosswalk, CutoverStepName.Compare, CutoverStepName.Sign, CutoverStepName.Drain);
        var told = 0;
        await using var connection = await house.Source.OpenConnectionAsync(Cancel);
        connection.Notification += (_, _) => told++;
        await using (var listen = new Npgsql.NpgsqlCommand("listen record_changed", connection))
            await listen.ExecuteNonQueryAsync(Cancel);

        await house.TakeAsync(CutoverStepName.Backload);
        await using (var look = new Npgsql.NpgsqlCommand("select 1", connection))
            await look.ExecuteNonQueryAsync(Cancel);

        Assert.Equal(0, told);
        Assert.True(await house.ScalarAsync<long>("select count(*) from encounter where source = 'carecentric-rbch' and source_version < '2026-11-01'") > 0);
    }

    [Fact]
    public async Task When_days_are_reconciled_then_every_message_of_both_is_in_one_state()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.PrepareAsync();
        await house.TakeAsync(CutoverStepName.Backload);

        await using var connection = await house.Source.OpenConnectionAsync(Cancel);
        var days = await CutoverReport.DaysAsync(connection, CutoverPlan.Bournemouth, Cancel);

        Assert.Equal([SourceCodes.Camis, SourceCodes.CareCentricBournemouth], days.Select(d => d.Source));
        Assert.All(days, d => Assert.True(d.IsBalanced && d.Received > 0));
        Assert.Equal(days[1].Applied, days[1].Duplicate);
    }

    [Fact]
    public async Task When_everything_is_rebuilt_after_the_cut_then_no_row_differs()
    {
        await using var house = await CutoverHouse.OpenAsync(postgres);
        await house.PrepareAsync();
        await house.TakeAsync(CutoverStepName.Live);

        Assert.Equal(0, (await house.RebuildAsync()).Rows);
    }

    private static async Task<Dictionary<Guid, (HashSet<string> Allergies, int Open, int Visits)>> AllergiesAndAdmissionsAsync(CutoverHouse house)
    {
        var all = new Dictionary<Guid, (HashSet<string>, int, int)>();
        foreach (var person in await house.PersonsAsync())
        {
            var page = await house.PageAsync(person);
            all[person] = (
                [.. page.Allergies.Entries.Where(e => !e.Ended).Select(e => e.Item.Substance.ToUpperInvariant())],
                page.Encounters.Entries.Count(e => e.Item is { Status: EncounterStatus.InProgress, EndAt: null }),
                page.Encounters.Total);
        }

        return all;
    }

    private static async Task<string> AllergiesOfAsync(CutoverHouse house, string patient)
    {
        var page = await house.PageAsync(await house.PersonOfAsync(SourceCodes.Camis, patient));
        return string.Join('\n', page.Allergies.Entries.Select(e => $"{e.Source} {e.Item.Substance} {e.Ended}"));
    }

    private static Task<string> CoversAsync(CutoverHouse house) =>
        house.ScalarAsync<string>("select coalesce(string_agg(c::text, E'\\n' order by c::text), '') from cover c");

    /// <summary>One of Camis's patients with a number, in hospital numbers' order.</summary>
    private static async Task<(string Patient, string Number)> APatientAsync(CutoverHouse house, int n = 0)
    {
        var found = (await house.ScalarAsync<string>($"""
            select i.local_id || ' ' || t.nhs_number from identity i join trait t on t.identity_id = i.id
            where i.source = 'camis' and t.nhs_number is not null and t.nhs_number_status = '01' order by i.local_id offset {n} limit 1
            """)).Split(' ');
        return (found[0], found[1]);
    }
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>The record as it was known at a moment: the log's fold, through the same decisions and with its own note.</summary>
public sealed class AsKnownTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset March = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(March);
    private ReadingHouse _house = null!;
    private Told _told = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _told = new Told(_house.Database, _clock);
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("person", Told.Demographics(Cast.Edith) with { Address = "14 Specimen Lane" }, March));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("m1", Medicine("Ramipril", "5 mg"), March));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("p1", new Problem { Kind = ProblemKind.Problem, Text = "Gout", Status = ProblemStatus.Resolved }, March));
        _edith = await _told.PersonOfAsync(SourceCodes.Gp, "gp-1");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_items_changed_since_then_they_stand_as_they_were_known_and_later_ones_are_left_out()
    {
        _clock.Advance(TimeSpan.FromDays(10));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("m1", Medicine("Ramipril", "10 mg"), _clock.GetUtcNow()));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("m2", Medicine("Apixaban", "5 mg"), _clock.GetUtcNow()));

        var then = await ReadThenAsync("clinician.dch", Errand.Medicines);
        var now = await _house.ReadAsync("clinician.dch", _edith, Errand.Medicines);

        Assert.Equal(["Ramipril 5 mg"], then.Medicines.Entries.Select(entry => $"{entry.Item.Name} {entry.Item.Strength}"));
        Assert.Equal(2, now.Medicines.Entries.Count);
        Assert.Equal(now.Medicines.Entries.Single(entry => entry.Key == "m1").Id, then.Medicines.Entries[0].Id);
        Assert.Null(now.Then);
    }

    [Fact]
    public async Task When_a_role_sees_part_of_a_section_then_it_sees_the_same_part_of_the_past()
    {
        var social = await ReadThenAsync("socialworker.dcc", Errand.Summary);
        var clinician = await ReadThenAsync("clinician.dch", Errand.Summary);

        Assert.Empty(social.Problems.Entries);
        Assert.Single(clinician.Problems.Entries);
        Assert.Equal(SectionState.NotForYourRole, social.StateOf(Section.Results));
    }

    [Fact]
    public async Task When_an_allergy_was_recorded_since_then_it_is_told_beside_the_past()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("a1", new Allergy { Kind = AllergyKind.Allergy, Substance = "Latex", Status = AllergyStatus.Active }, _clock.GetUtcNow()));

        var then = await ReadThenAsync("clinician.dch", Errand.Summary);
        var clerk = await ReadThenAsync("clerk.dch", Errand.Summary);

        Assert.Empty(then.Allergies.Entries);
        Assert.Equal("Latex", Assert.Single(then.Then!.AllergiesSince).Item.Substance);
        Assert.Empty(clerk.Then!.AllergiesSince);
    }

    [Fact]
    public async Task When_a_person_is_protected_now_then_the_past_tells_no_address_either()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("person", Told.Demographics(Cast.Edith) with { Address = "14 Specimen Lane", Restricted = true }, _clock.GetUtcNow()));

        var then = await ReadThenAsync("clinician.dch", Errand.Letters);

        Assert.Null(then.Who.Address);
        Assert.True(then.Who.IsRestricted);
        Assert.Null(then.Demographics.Entries[0].Item.Postcode);
        Assert.Equal(SectionState.Withheld, then.Letters.State);
    }

    [Fact]
    public async Task When_a_source_record_has_been_found_to_be_somebody_elses_since_then_it_is_left_out_and_counted()
    {
        await SayAsync(SourceCodes.SystemC, "D1", Told.State("person", Told.Demographics(Cast.Edith), March), Told.State("w", Medicine("Warfarin", "1 mg"), March));
        Assert.Equal(_edith, await _told.PersonOfAsync(SourceCodes.SystemC, "D1"));
        _clock.Advance(TimeSpan.FromDays(1));
        await SayAsync(SourceCodes.SystemC, "D1", Told.State("person", Told.Demographics(Cast.Thomas), _clock.GetUtcNow()));
        Assert.NotEqual(_edith, await _told.PersonOfAsync(SourceCodes.SystemC, "D1"));

        var then = await ReadThenAsync("clinician.dch", Errand.Medicines);

        Assert.Equal(1, then.Then!.LeftOut);
        Assert.DoesNotContain(then.Medicines.Entries, entry => entry.Item.Name == "Warfarin");
    }

    [Fact]
    public async Task When_the_moment_is_before_anything_then_nothing_is_shown_but_who_this_is_now()
    {
        var then = await ReadThenAsync("clinician.dch", Errand.Summary, March.AddDays(-100));

        Assert.True(then.Then!.IsBeforeAnything);
        Assert.Equal("Hardwick", then.Who.FamilyName);
        Assert.Empty(then.Medicines.Entries);
    }

    [Fact]
    public async Task When_the_past_is_opened_then_the_note_says_so_and_which_moment()
    {
        await ReadThenAsync("clinician.dch", Errand.Medicines);

        Assert.Equal("as-known-at:2026-03-03T10:00:30Z", await _house.AskAsync(
            "select distinct rules[cardinality(rules)] from access.audit where action = 'view-as-known' and outcome = 'allowed'"));
    }

    [Fact]
    public async Task When_the_log_cannot_be_read_then_nothing_is_shown_rather_than_an_empty_past()
    {
        await _house.AskAsync("revoke select on record.version from dcr_portal");
        var lens = await _house.OpenWithReasonAsync(await Setup.SignInAsync(_house.Access, "clinician.dch"), _edith, Errand.Medicines.AsKnownAt(March));

        await Assert.ThrowsAsync<RecordUnavailableException>(() => lens.ReadAsync(Cancel));
    }

    [Fact]
    public async Task When_an_item_is_asked_for_its_changes_then_each_statement_says_what_changed_and_where_it_came_from()
    {
        _clock.Advance(TimeSpan.FromDays(2));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("m1", Medicine("Ramipril", "10 mg"), _clock.GetUtcNow()));
        var id = (await _house.ReadAsync("clinician.dch", _edith, Errand.Medicines)).Medicines.Entries[0].Id;

        var changes = await ChangesAsync("clinician.dch", Section.Medicines, id);

        Assert.Equal([March.AddDays(2), March], changes!.Statements.Select(statement => statement.StatedAt));
        Assert.Contains(new Change("Strength", "5 mg", "10 mg"), changes.Statements[0].Changes);
        Assert.Equal((4L, 2L), (changes.Statements[0].Message, changes.Statements[1].Message));
        Assert.All(changes.Statements, statement => Assert.False(statement.CameLate));
        Assert.Equal("open-changes", await _house.AskAsync($"select distinct action from access.audit where entry_id = '{id}'"));
    }

    [Fact]
    public async Task When_an_older_statement_arrives_late_then_the_change_log_says_so()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        await SayAsync(SourceCodes.Gp, "gp-1", Told.State("m1", Medicine("Ramipril", "2.5 mg"), March.AddDays(-5)));
        var id = (await _house.ReadAsync("clinician.dch", _edith, Errand.Medicines)).Medicines.Entries[0].Id;

        var changes = await ChangesAsync("clinician.dch", Section.Medicines, id);

        Assert.Equal([false, true], changes!.Statements.Select(statement => statement.CameLate));
    }

    [Fact]
    public async Task When_a_role_sees_only_part_of_a_section_or_not_the_item_then_it_has_no_change_log()
    {
        var id = (await _house.ReadAsync("clinician.dch", _edith)).Problems.Entries[0].Id;

        Assert.Null(await ChangesAsync("socialworker.dcc", Section.Problems, id));
        Assert.Null(await ChangesAsync("clinician.dch", Section.Problems, Guid.NewGuid()));
        Assert.NotNull(await ChangesAsync("clinician.dch", Section.Problems, id));
    }

    private async Task<ItemChanges?> ChangesAsync(string user, Section section, Guid entry)
    {
        var lens = await _house.OpenWithReasonAsync(await Setup.SignInAsync(_house.Access, user), _edith, Errand.Changes(section, entry));
        await lens.ReadAsync(Cancel);
        return await lens.ReadChangesAsync(Cancel);
    }

    private Task<RecordView> ReadThenAsync(string user, Errand errand, DateTimeOffset? at = null) =>
        _house.ReadAsync(user, _edith, errand.AsKnownAt(at ?? March.AddSeconds(30)));

    private Task SayAsync(string source, string id, params Fact[] facts) => _told.SayAsync(source, id, facts);

    private static Medicine Medicine(string name, string strength) => new()
    {
        Name = name, Strength = strength, Kind = MedicineKind.Repeat, Status = MedicineStatus.Active,
    };
}

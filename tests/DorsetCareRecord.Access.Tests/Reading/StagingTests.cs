using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>A source that is new is seen by its testers first, then by one organisation, then by all; in records and in searches alike.</summary>
public sealed class StagingTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_source_goes_from_testers_to_an_organisation_to_all_then_each_sees_it_from_their_stage_on()
    {
        Assert.Contains(SourceCodes.SystemC, await SourcesAsync("socialworker.dcc"));

        await StageAsync(SourceCodes.SystemC, null, SeenBy.Testers, null, "pharmacist");
        Assert.Equal((true, false, false), await SeenByAsync());
        await StageAsync(SourceCodes.SystemC, null, SeenBy.Organisation, "dcc", "pharmacist");
        Assert.Equal((true, true, false), await SeenByAsync());
        await StageAsync(SourceCodes.SystemC, null, SeenBy.All, null);
        Assert.Equal((true, true, true), await SeenByAsync());

        Assert.Equal("3 2", await _house.AskAsync("select count(*) || ' ' || count(ended_at) from access.feed_stage"));
        Assert.Equal("3", await _house.AskAsync("select count(*) from access.audit where action = 'stage-feed' and outcome = 'allowed' and searched = 'a test'"));

        async Task<(bool Tester, bool Organisation, bool Others)> SeenByAsync() => (
            (await SourcesAsync("pharmacist")).Contains(SourceCodes.SystemC),
            (await SourcesAsync("socialworker.dcc")).Contains(SourceCodes.SystemC),
            (await SourcesAsync("clinician.dch")).Contains(SourceCodes.SystemC));
    }

    [Fact]
    public async Task When_one_section_of_a_source_is_staged_then_only_that_section_is_without_it()
    {
        await StageAsync(SourceCodes.SystemC, Section.Results, SeenBy.Testers, null, "pharmacist");

        var view = await _house.ReadAsync("clinician.dch", _edith);

        Assert.DoesNotContain(view.Results.Entries, entry => entry.Source == SourceCodes.SystemC);
        Assert.Equal(view.Results.Entries.Count, view.Results.Total);
        Assert.Contains(SourceCodes.SystemC, view.Who.Sources);
        Assert.Contains((await _house.ReadAsync("pharmacist", _edith, Errand.Results)).Results.Entries, entry => entry.Source == SourceCodes.SystemC);
    }

    [Fact]
    public async Task When_somebody_is_known_to_a_staged_source_only_then_others_neither_find_nor_open_them()
    {
        await _house.Told.SayAsync(SourceCodes.Camis, Cast.Idris.HospitalNumber, Told.State(Demographics.Key, Told.Demographics(Cast.Idris), TimeProvider.System.GetUtcNow()));
        var idris = await _house.Told.PersonOfAsync(SourceCodes.Camis, Cast.Idris.HospitalNumber);
        await StageAsync(SourceCodes.Camis, null, SeenBy.Testers, null, "pharmacist");

        Assert.Empty((await FindAsync("clinician.dch")).People);
        Assert.Single((await FindAsync("pharmacist")).People);
        Assert.IsType<Opening.NothingForYou>(await _house.OpenAsync("clinician.dch", idris, Errand.Summary));
        Assert.IsType<Opening.ReasonNeeded>(await _house.OpenAsync("pharmacist", idris, Errand.Summary));

        async Task<SearchAnswer.Found> FindAsync(string user) => Assert.IsType<SearchAnswer.Found>(await _house.Search.FindAsync(
            await Setup.SignInAsync(_house.Access, user), new Sought.BySurnameAndBirth("Rahman", new DateOnly(2021, 10, 31)), "rahman 31 10 2021", Purpose.DirectCare, Setup.Here, Cancel));
    }

    [Fact]
    public async Task When_a_tester_looks_then_they_are_told_what_is_staged_and_others_are_not()
    {
        await StageAsync(SourceCodes.SystemC, null, SeenBy.Testers, null, "pharmacist");

        var tester = Assert.IsType<Opening.Opened>(await _house.OpenAsync("pharmacist", _edith, Errand.Summary)).Lens.Sight;
        var other = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Summary)).Lens.Sight;

        Assert.Equal([SourceCodes.SystemC], tester.Staged);
        Assert.Empty(other.Staged);
        Assert.True(other.Hides(SourceCodes.SystemC, Section.Letters));
    }

    /// <summary>Help says what records then show: of a hospital with an old and a new system, that the old one's is there.</summary>
    [Fact]
    public async Task When_something_is_staged_then_help_says_so_to_whoever_does_not_see_it_and_to_nobody_else()
    {
        var whole = await ReachOfAsync("clinician.dch", Category.Results);
        await StageAsync(SourceCodes.SystemC, Section.Results, SeenBy.Testers, null, "pharmacist");
        await StageAsync(SourceCodes.CareCentricBournemouth, null, SeenBy.Testers, null, "pharmacist");

        Assert.Equal(["All"], whole);
        Assert.Equal(whole, await ReachOfAsync("pharmacist", Category.Results));
        Assert.Equal(["All, but for what is being tested: Royal Bournemouth", "All: Poole Hospital, Dorset Council, Bournemouth Council, Poole Council, GP practices", "Nothing yet, being tested: Dorset County Hospital"],
            (await ReachOfAsync("clinician.dch", Category.Results)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("yet", string.Concat(await ReachOfAsync("clinician.dch", Category.Letters)), StringComparison.Ordinal);
        Assert.Equal(["Nothing"], await ReachOfAsync("socialworker.dcc", Category.Results));
        await StageAsync(SourceCodes.SystemC, null, SeenBy.Testers, null, "pharmacist");
        Assert.Contains("Nothing yet, being tested: Dorset County Hospital", await ReachOfAsync("clinician.dch", Category.MentalHealth));

        async Task<IReadOnlyList<string>> ReachOfAsync(string user, Category category) => ExtentWords.Of(
            (await new Reach(new PolicyBook(_house.Access), Stages, TimeProvider.System).OfAsync(await Setup.SignInAsync(_house.Access, user), Cancel))
                .Single(reached => reached.Category == category));
    }

    [Fact]
    public async Task When_a_stage_cannot_stand_then_nothing_is_changed_and_other_roles_may_not_set_one()
    {
        Assert.NotNull((await StageAsync(SourceCodes.SystemC, null, SeenBy.Testers, null))!.Problem);
        Assert.NotNull((await StageAsync(SourceCodes.SystemC, null, SeenBy.Testers, null, "nobody"))!.Problem);
        Assert.NotNull((await StageAsync(SourceCodes.SystemC, null, SeenBy.Organisation, "nowhere", "pharmacist"))!.Problem);
        Assert.Null(await Stages.SetAsync(await Setup.SignInAsync(_house.Access, "clinician.dch"), SourceCodes.SystemC, null, SeenBy.All, null, [], "a test", Setup.Here, Cancel));

        Assert.Equal("0", await _house.AskAsync("select count(*) from access.feed_stage"));
        Assert.Equal("1", await _house.AskAsync("select count(*) from access.audit where action = 'stage-feed' and outcome = 'refused'"));
    }

    [Fact]
    public async Task When_a_message_about_somebody_is_parked_then_their_lens_says_so_and_not_of_a_source_that_is_hidden()
    {
        await _house.AskAsync($"""
            insert into inbox.parked (message_id, received_at, lane, source, reason, attempts, parked_at, patients) values
              (1, now(), 0, 'systemc', 'invalid-date', 1, now(), array['{EdithsRecord.HospitalNumber}', 'another']),
              (2, now(), 0, 'camis', 'invalid-date', 1, now(), array['{EdithsRecord.HospitalNumber}'])
            """);

        var before = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Summary)).Lens.Unprocessed;
        await StageAsync(SourceCodes.SystemC, null, SeenBy.Testers, null, "pharmacist");
        var after = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Summary)).Lens.Unprocessed;

        Assert.Equal([new Unprocessed(SourceCodes.SystemC, 1)], before);
        Assert.Empty(after);
    }

    private FeedStages Stages => new(_house.Access, new DeskNotes(_house.Access), TimeProvider.System);

    private async Task<Staged?> StageAsync(string source, Section? section, SeenBy audience, string? organisation, params string[] testers) =>
        await Stages.SetAsync(await Setup.SignInAsync(_house.Access, "operator"), source, section, audience, organisation, testers, "a test", Setup.Here, Cancel);

    private async Task<IEnumerable<string>> SourcesAsync(string user) => (await _house.ReadAsync(user, _edith)).Who.Sources;
}

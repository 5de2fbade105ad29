using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>New since I last looked: the visit before this one, not the click before this one.</summary>
public sealed class VisitTests(PostgresFixture postgres) : IAsyncLifetime
{
    // Not before the agreements, which hold from their import.
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private ReadingHouse _house = null!;
    private Told _told = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _told = new Told(_house.Database, _clock);
        await _told.SayAsync(SourceCodes.Gp, "gp-1", Told.State("person", Told.Demographics(Cast.Edith), _clock.GetUtcNow()),
            Told.State("a1", Allergy("Penicillin"), _clock.GetUtcNow()));
        _edith = await _told.PersonOfAsync(SourceCodes.Gp, "gp-1");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_viewer_comes_back_then_what_was_first_said_since_is_new_until_they_have_gone()
    {
        Assert.Null((await LookAsync("clinician.dch")).News);
        _clock.Advance(TimeSpan.FromHours(2));
        await SayAsync("a2", "Latex");
        await SayAsync("a1", "Penicillin V");

        var back = await LookAsync("clinician.dch");
        _clock.Advance(TimeSpan.FromMinutes(20));
        var still = await LookAsync("clinician.dch");
        _clock.Advance(TimeSpan.FromMinutes(20));
        var longer = await LookAsync("clinician.dch");
        _clock.Advance(TimeSpan.FromMinutes(31));
        var later = await LookAsync("clinician.dch");

        var ids = back.Allergies.Entries.ToDictionary(entry => entry.Key, entry => entry.Id);
        Assert.True(back.News!.IsNew(ids["a2"]));
        Assert.True(back.News.IsChanged(ids["a1"]));
        Assert.Equal(2, still.News!.Entries.Count);
        Assert.Equal(2, longer.News!.Entries.Count);
        Assert.Empty(later.News!.Entries);
    }

    [Fact]
    public async Task When_a_source_says_the_same_again_then_nothing_is_new()
    {
        await LookAsync("clinician.dch");
        _clock.Advance(TimeSpan.FromHours(2));
        await SayAsync("a1", "Penicillin");

        Assert.Empty((await LookAsync("clinician.dch")).News!.Entries);
    }

    [Fact]
    public async Task When_what_is_new_is_not_for_the_role_then_it_is_not_counted()
    {
        await LookAsync("clerk.dch");
        _clock.Advance(TimeSpan.FromHours(2));
        await SayAsync("a2", "Latex");

        Assert.Empty((await LookAsync("clerk.dch")).News!.Entries);
    }

    [Fact]
    public async Task When_an_open_page_refreshes_itself_or_the_past_is_looked_at_then_that_is_no_look()
    {
        await LookAsync("clinician.dch", Errand.Summary.AsLiveRefresh());
        await LookAsync("clinician.dch", Errand.Summary.AsKnownAt(_clock.GetUtcNow()));

        Assert.Equal("0", await _house.AskAsync("select count(*) from access.visit"));
    }

    private Task SayAsync(string key, string substance) =>
        _told.SayAsync(SourceCodes.Gp, "gp-1", Told.State(key, Allergy(substance), _clock.GetUtcNow()));

    private async Task<RecordView> LookAsync(string user, Errand? errand = null)
    {
        var viewer = await Setup.SignInAsync(_house.Access, user);
        var door = new Door(_house.Access, new PolicyBook(_house.Access), _clock);
        var purpose = Purposes.Of(viewer.Role);
        if (await door.OpenAsync(viewer, _edith, purpose, errand ?? Errand.Summary, Setup.Here, Cancel) is Opening.ReasonNeeded asked)
            await new Reception(_house.Access, door, _clock).SayAsync(viewer, _edith, purpose, asked.Asking == Asking.Seal, Reasons.For(asked.Asking)[0].Code,
                "Needed for the care I give now", Setup.Here, Cancel);
        var opened = Assert.IsType<Opening.Opened>(await door.OpenAsync(viewer, _edith, purpose, errand ?? Errand.Summary, Setup.Here, Cancel));
        return await opened.Lens.ReadAsync(Cancel);
    }

    private static Allergy Allergy(string substance) => new() { Kind = AllergyKind.Allergy, Substance = substance, Status = AllergyStatus.Active };
}

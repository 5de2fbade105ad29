using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

public sealed class ChangesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private ReadingHouse _house = null!;
    private RecordChanges _changes = null!;
    private Task _listening = Task.CompletedTask;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
        _changes = new RecordChanges(_house.Access, TimeProvider.System);
        _listening = _changes.ListenAsync(_stop.Token);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!_changes.IsListening)
            await beat.WaitForNextTickAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task When_a_source_speaks_then_pages_of_that_person_hear_which_sections_changed()
    {
        using var watch = await WatchAsync("clinician.dch", _edith);
        using var other = await WatchAsync("clinician.dch", Guid.NewGuid());

        await SayAllergyAsync();

        var change = await watch.NextAsync(Patience, TimeProvider.System, Cancel);
        Assert.Equal([Section.Allergies], change!.Sections);
        Assert.Null(await other.NextAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task When_the_role_may_not_see_the_section_then_it_does_not_even_hear_of_it()
    {
        using var clerk = await WatchAsync("clerk.dch", _edith);
        using var clinician = await WatchAsync("clinician.dch", _edith);

        await SayAllergyAsync();

        Assert.NotNull(await clinician.NextAsync(Patience, TimeProvider.System, Cancel));
        Assert.Null(await clerk.NextAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task When_a_page_was_read_before_the_change_and_listens_after_it_then_it_is_told_at_once()
    {
        var read = TimeProvider.System.GetUtcNow();
        using var early = await WatchAsync("clinician.dch", _edith);
        await SayAllergyAsync();
        await early.NextAsync(Patience, TimeProvider.System, Cancel);

        using var late = await WatchAsync("clinician.dch", _edith, read);
        using var fresh = await WatchAsync("clinician.dch", _edith, TimeProvider.System.GetUtcNow().AddMinutes(1));

        Assert.NotNull(await late.NextAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel));
        Assert.Null(await fresh.NextAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel));
    }

    private Task SayAllergyAsync() => _house.Told.SayAsync(SourceCodes.Gp, EdithsRecord.GpNumber, Told.State("new", new Allergy
    {
        Kind = AllergyKind.Allergy, Substance = "Peanut", Status = AllergyStatus.Active,
    }, TimeProvider.System.GetUtcNow()));

    private async Task<RecordWatch> WatchAsync(string user, Guid person, DateTimeOffset? since = null)
    {
        var viewer = await Setup.SignInAsync(_house.Access, user);
        var may = await _house.Door.SectionsAsync(viewer, _edith, Purposes.Of(viewer.Role), Cancel);
        return _changes.Watch(viewer, person, Assert.IsType<IReadOnlySet<Section>>(may, exactMatch: false), since ?? TimeProvider.System.GetUtcNow().AddMinutes(1));
    }
}

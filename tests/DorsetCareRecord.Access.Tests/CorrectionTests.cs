using DorsetCareRecord.Access.Corrections;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests;

/// <summary>A problem reported with an item goes to its source's organisation, and its state comes back.</summary>
public sealed class CorrectionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private CorrectionDesk _desk = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _desk = new CorrectionDesk(_house.Access, TimeProvider.System);
        _edith = await _house.TellEdithAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_form_is_sent_twice_then_the_problem_is_reported_once_to_the_sources_organisation()
    {
        var (id, clinician) = await ReportAsync(Guid.NewGuid());
        await ReportAsync(id);

        var queue = await _desk.QueueAsync(await Setup.SignInAsync(_house.Access, "admin.dch"), Setup.Here, Cancel);

        var one = Assert.Single(queue!);
        Assert.Equal((CorrectionState.Reported, Section.Letters, "systemc"), (one.State, one.Section, one.Source));
        Assert.Equal([EdithsRecord.HospitalNumber], one.Patients);
        Assert.Equal(one.Id, Assert.Single(await _desk.OfReporterAsync(clinician, Cancel)).Id);
        Assert.Empty((await _desk.QueueAsync(await Setup.SignInAsync(_house.Access, "admin.dcc"), Setup.Here, Cancel))!);
    }

    [Theory]
    [InlineData("clinician.dch")]
    [InlineData("operator")]
    [InlineData("socialworker.dcc")]
    public async Task When_somebody_administers_nothing_then_there_is_no_queue_and_the_refusal_is_noted(string user)
    {
        Assert.Null(await _desk.QueueAsync(await Setup.SignInAsync(_house.Access, user), Setup.Here, Cancel));
        Assert.Equal("refused", await _house.AskAsync("select outcome from access.audit where action = 'list-corrections'"));
    }

    [Fact]
    public async Task When_the_organisation_works_on_it_then_the_reporter_sees_each_step()
    {
        var (id, clinician) = await ReportAsync(Guid.NewGuid());
        var admin = await Setup.SignInAsync(_house.Access, "admin.dch");

        Assert.Equal(StepTaken.Taken, await StepAsync(admin, id, 1, CorrectionState.Seen, null));
        Assert.Equal(StepTaken.NotAllowed, await StepAsync(admin, id, 2, CorrectionState.Mended, " "));
        Assert.Equal(StepTaken.Taken, await StepAsync(admin, id, 2, CorrectionState.Mended, "Withdrawn from the other record."));

        var one = Assert.Single(await _desk.OfReporterAsync(clinician, Cancel));
        Assert.Equal([CorrectionState.Reported, CorrectionState.Seen, CorrectionState.Mended], one.Steps.Select(step => step.State));
        Assert.Equal("Withdrawn from the other record.", one.Steps[^1].Words);
        Assert.False(one.IsOpen);
    }

    [Fact]
    public async Task When_two_take_the_next_step_then_the_second_is_told_and_nothing_is_overwritten()
    {
        var (id, clinician) = await ReportAsync(Guid.NewGuid());
        var admin = await Setup.SignInAsync(_house.Access, "admin.dch");

        var both = await Task.WhenAll(StepAsync(admin, id, 1, CorrectionState.Seen, null), StepAsync(admin, id, 1, CorrectionState.LookedInto, null));

        Assert.Equal([StepTaken.Taken, StepTaken.Overtaken], both.Order());
        Assert.Equal(2, Assert.Single(await _desk.OfReporterAsync(clinician, Cancel)).Steps.Count);
        Assert.Equal(StepTaken.NotAllowed, await StepAsync(await Setup.SignInAsync(_house.Access, "admin.dcc"), id, 2, CorrectionState.Seen, null));
    }

    [Fact]
    public async Task When_the_item_is_not_in_what_the_viewer_may_see_then_nothing_is_reported()
    {
        var social = await Setup.SignInAsync(_house.Access, "socialworker.dcc");
        var clinic = (await _house.ReadAsync("clinician.dch", _edith, Errand.Letters)).Letters.Entries.First(letter => letter.Item.Kind == LetterKind.Clinic);
        var view = await _house.ReadAsync("socialworker.dcc", _edith, Errand.Letters);

        Assert.False(await _desk.ReportAsync(social, view, clinic.Id, Guid.NewGuid(), CorrectionReason.Wrong, "words", Cancel));
        Assert.False(await _desk.ReportAsync(social, view, view.Letters.Entries[0].Id, Guid.NewGuid(), CorrectionReason.Wrong, "  ", Cancel));
    }

    private Task<StepTaken> StepAsync(Viewer admin, Guid id, int after, CorrectionState state, string? words) =>
        _desk.StepAsync(admin, id, after, state, words, Setup.Here, Cancel);

    private async Task<(Guid Id, Viewer Reporter)> ReportAsync(Guid id)
    {
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var view = await _house.ReadAsync("clinician.dch", _edith, Errand.Letters);
        var letter = view.Letters.Entries.First(one => one.Item.Kind == LetterKind.Discharge);
        Assert.True(await _desk.ReportAsync(clinician, view, letter.Id, id, CorrectionReason.OtherPerson, "Not her.", Cancel));
        return (id, clinician);
    }
}

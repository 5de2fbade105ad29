using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Work;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests;

/// <summary>Recent people, lists, and news of those on them: each viewer's own, and never more than they may see.</summary>
public sealed class WorkTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private MyWork _work = null!;
    private PeopleLists _lists = null!;
    private NewsTeller _teller = null!;
    private Guid _edith;
    private int _said;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _work = new MyWork(_house.Access, _house.Search, _house.Door, TimeProvider.System);
        _lists = new PeopleLists(_house.Access, _work, TimeProvider.System);
        _teller = new NewsTeller(_house.Access, _house.Door, TimeProvider.System);
        _edith = await _house.TellEdithAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_record_was_opened_then_it_is_recent_for_that_viewer_and_showing_it_is_noted()
    {
        await _house.ReadAsync("clinician.dch", _edith);

        var mine = await RecentAsync("clinician.dch");
        var others = await RecentAsync("pharmacist");

        Assert.Equal("Hardwick", Assert.Single(mine).Found.Who.FamilyName);
        Assert.Empty(others);
        Assert.Equal($"{{{_edith}}}", await _house.AskAsync("select found::text from access.audit where action = 'open-my-work'"));
        Assert.Empty(await RecentAsync("admin.dch"));
    }

    [Fact]
    public async Task When_a_list_is_shared_then_the_organisation_sees_it_and_nobody_else_does()
    {
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var list = await ListAsync(clinician);
        Assert.Empty(await _lists.OfAsync(await Setup.SignInAsync(_house.Access, "pharmacist"), Cancel));

        Assert.True(await _lists.SetAsync(clinician, list, ListSharing.Organisation, Setup.Here, Cancel));

        var pharmacist = await Setup.SignInAsync(_house.Access, "pharmacist");
        Assert.Equal("Hardwick", Assert.Single((await _lists.OpenAsync(pharmacist, list, Setup.Here, Cancel))!.Value.Members).Found.Who.FamilyName);
        Assert.False(await _lists.SetAsync(pharmacist, list, null, Setup.Here, Cancel));
        var social = await Setup.SignInAsync(_house.Access, "socialworker.dcc");
        Assert.Null(await _lists.OpenAsync(social, list, Setup.Here, Cancel));
        Assert.False(await _lists.RemoveAsync(social, list, _edith, Setup.Here, Cancel));
        Assert.False(await _lists.WishAsync(social, list, [Wish.Admission], Setup.Here, Cancel));
        Assert.Empty(await _lists.OfAsync(await Setup.SignInAsync(_house.Access, "admin.dch"), Cancel));
    }

    [Fact]
    public async Task When_a_list_is_shared_with_a_team_then_those_who_work_in_it_now_see_it_and_are_told_and_no_colleague_is()
    {
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var nurse = await Setup.SignInAsync(_house.Access, "nurse.dch");
        var list = await ListAsync(clinician);
        Assert.False(await _lists.SetAsync(clinician, list, ListSharing.Team, Setup.Here, Cancel)); // in no team
        await TeamAsync("clinician.dch");

        Assert.True(await _lists.SetAsync(clinician, list, ListSharing.Team, Setup.Here, Cancel));
        Assert.Empty(await _lists.OfAsync(nurse, Cancel)); // a colleague who works in no team
        Assert.False(await _lists.WishAsync(nurse, list, [Wish.Result], Setup.Here, Cancel));

        await TeamAsync("nurse.dch");
        Assert.Equal((ListSharing.Team, "AMU"), Assert.Single(await _lists.OfAsync(nurse, Cancel)) is var one ? (one.Sharing, one.Team) : default);
        Assert.True(await _lists.WishAsync(nurse, list, [Wish.Result], Setup.Here, Cancel));
        await SayResultAsync();
        Assert.Equal(1, await _teller.TellAsync([_edith], Cancel));

        await _house.AskAsync("update access.account set team_id = null where subject = 'nurse.dch' returning 1");
        Assert.Empty(await _lists.OfAsync(nurse, Cancel));
        await SayResultAsync();
        Assert.Equal(0, await _teller.TellAsync([_edith], Cancel));

        await TeamAsync("nurse.dch");
        Assert.Single(await _lists.OfAsync(nurse, Cancel));
        await _house.AskAsync("update access.team set closed_at = now()");
        Assert.Empty(await _lists.OfAsync(nurse, Cancel));
        await SayResultAsync();
        Assert.Equal(0, await _teller.TellAsync([_edith], Cancel));
    }

    [Fact]
    public async Task When_somebody_on_a_list_is_admitted_then_who_asked_is_told_once_through_their_own_lens()
    {
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var list = await ListAsync(clinician);
        Assert.True(await _lists.WishAsync(clinician, list, [Wish.Admission, Wish.Result], Setup.Here, Cancel));
        await AdmitAsync(EncounterStatus.InProgress);

        Assert.Equal(1, await _teller.TellAsync([_edith], Cancel));
        Assert.Equal(0, await _teller.TellAsync(null, Cancel));

        var news = Assert.Single(await _work.NewsAsync(clinician, Setup.Here, Cancel));
        Assert.Equal((Wish.Admission, false), (news.Kind, news.IsSeen));
        Assert.Equal("2", await _house.AskAsync("select count(*) from access.audit where action = 'told-of-news' and subject = 'clinician.dch' and outcome = 'allowed'"));
        await _work.SeenAsync(clinician, Cancel);
        Assert.True((await _work.NewsAsync(clinician, Setup.Here, Cancel))[0].IsSeen);
    }

    [Fact]
    public async Task When_the_discharge_comes_and_a_result_after_it_then_each_is_told_to_who_asked_for_it()
    {
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var list = await ListAsync(clinician);
        await _lists.WishAsync(clinician, list, [Wish.Discharge, Wish.Result], Setup.Here, Cancel);
        await AdmitAsync(EncounterStatus.InProgress);
        Assert.Equal(0, await _teller.TellAsync([_edith], Cancel));
        await AdmitAsync(EncounterStatus.Finished);
        await SayResultAsync();

        Assert.Equal(2, await _teller.TellAsync([_edith], Cancel));
        Assert.Equal([Wish.Discharge, Wish.Result], (await _work.NewsAsync(clinician, Setup.Here, Cancel)).Select(one => one.Kind).Order());
    }

    [Fact]
    public async Task When_a_role_may_not_see_results_then_asking_tells_it_nothing()
    {
        var social = await Setup.SignInAsync(_house.Access, "socialworker.dcc");
        var list = await ListAsync(social);
        Assert.True(await _lists.WishAsync(social, list, [Wish.Result], Setup.Here, Cancel));
        await SayResultAsync();

        Assert.Equal(0, await _teller.TellAsync([_edith], Cancel));
        Assert.Empty(await _work.NewsAsync(social, Setup.Here, Cancel));
    }

    [Fact]
    public async Task When_an_account_is_disabled_or_the_list_is_shared_no_more_then_nobody_is_told()
    {
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var pharmacist = await Setup.SignInAsync(_house.Access, "pharmacist");
        var list = await ListAsync(clinician);
        await _lists.SetAsync(clinician, list, ListSharing.Organisation, Setup.Here, Cancel);
        Assert.True(await _lists.WishAsync(pharmacist, list, [Wish.Result], Setup.Here, Cancel));
        Assert.True(await _lists.WishAsync(clinician, list, [Wish.Result], Setup.Here, Cancel));
        await _lists.SetAsync(clinician, list, ListSharing.Nobody, Setup.Here, Cancel);
        await _house.AskAsync("update access.account set disabled_at = now() where subject = 'clinician.dch'");
        await SayResultAsync();

        Assert.Equal(0, await _teller.TellAsync([_edith], Cancel));
    }

    private async Task<IReadOnlyList<RecentPerson>> RecentAsync(string user) =>
        await _work.RecentAsync(await Setup.SignInAsync(_house.Access, user), TimeSpan.FromDays(7), 10, Setup.Here, Cancel);

    private async Task<Guid> ListAsync(Viewer viewer)
    {
        var list = (await _lists.MakeAsync(viewer, "This morning", Setup.Here, Cancel))!.Value;
        var view = await _house.ReadAsync(viewer.Subject, _edith, Errand.Encounters);
        Assert.True(await _lists.AddAsync(viewer, list, view, Setup.Here, Cancel));
        Assert.True(await _lists.AddAsync(viewer, list, view, Setup.Here, Cancel));
        Assert.Equal(1, Assert.Single(await _lists.OfAsync(viewer, Cancel)).People);
        return list;
    }

    private Task AdmitAsync(EncounterStatus status) => _house.Told.SayAsync(SourceCodes.SystemC, EdithsRecord.HospitalNumber, Told.State("stay", new Encounter
    {
        Kind = EncounterKind.Inpatient, Status = status, StartAt = ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow()),
        EndAt = status == EncounterStatus.Finished ? ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow()) : null,
    }, TimeProvider.System.GetUtcNow()));

    /// <summary>Puts somebody who works in no team into the ward's.</summary>
    private Task TeamAsync(string subject) => Setup.ImportAsync(_house.Database, $$"""
        { "organisations": [], "users": [], "teams": [{ "organisation": "dch", "site": "County", "name": "AMU", "members": ["{{subject}}"] }] }
        """);

    /// <summary>Each time another result: one said again is no news, and whoever is not told of it proves nothing.</summary>
    private Task SayResultAsync() => _house.Told.SayAsync(SourceCodes.SystemC, EdithsRecord.HospitalNumber, Told.State($"new-{++_said}", new Result
    {
        Test = "Troponin", Value = "12", Unit = "ng/L", Status = ResultStatus.Final, TakenAt = ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow()),
    }, TimeProvider.System.GetUtcNow()));
}

using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Privacy;

/// <summary>The rules that mean a human see through the accounts that several organisations have given one.</summary>
public sealed class HumanTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
        await Setup.ImportAsync(_house.Database, """
            { "organisations": [], "users": [
              { "issuer": "*", "subject": "locum", "name": "Edith Hardwick", "organisation": "dch", "role": "clinician" },
              { "issuer": "*", "subject": "locum", "name": "Edith Hardwick", "organisation": "rbch", "role": "clinician" },
              { "issuer": "*", "subject": "privacy.dch", "name": "Margaret Watcher", "organisation": "rbch", "role": "privacy" } ] }
            """);
        await StaffFile.ImportAsync(_house.Database.Owner, "dch",
        [
            new StaffMember { Subject = "locum", NhsNumber = Cast.Edith.NhsNumber!.Value.Digits, FamilyName = "Hardwick", GivenNames = "Edith" },
            new StaffMember { Subject = "nurse.dch", NhsNumber = Cast.Zoe.NhsNumber!.Value.Digits, FamilyName = "O'Connor", GivenNames = "Zoe" },
        ], Cancel);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_somebody_looks_for_one_organisation_at_what_they_are_to_the_other_then_that_is_noticed_and_told_where_they_looked()
    {
        await _house.Told.SayAsync(SourceCodes.SystemC, Cast.Zoe.HospitalNumber, Told.State(Demographics.Key, Told.Demographics(Cast.Zoe), TimeProvider.System.GetUtcNow()));
        var zoe = await _house.Told.PersonOfAsync(SourceCodes.SystemC, Cast.Zoe.HospitalNumber);
        await _house.AskAsync("update access.watch_rule set limits = jsonb_set(limits, '{people}', '1') where rule = 'P8'");
        await _house.AskAsync("insert into access.watch_pace (role, an_hour, learnt_at) values ('clinician', 0, now())");

        await LookAsync("dch", _edith);
        await LookAsync("rbch", _edith);
        await LookAsync("rbch", zoe);
        await new Watch(_house.Access).RunAsync(Cancel);

        Assert.Equal("P3 dch, P3 rbch", await AlertsAsync("P3"));
        Assert.Equal("P5 rbch", await AlertsAsync("P5")); // a colleague of the other organisation, whom this one does not care for
        Assert.Equal("2 people opened in one hour", await _house.AskAsync("select reason from access.alert where rule = 'P8' and organisation_code = 'rbch'"));
    }

    [Fact]
    public async Task When_an_officer_is_one_of_two_organisations_then_they_decide_nothing_about_themselves_at_either()
    {
        var (dch, rbch) = (await SignInAsync("privacy.dch", "dch"), await SignInAsync("privacy.dch", "rbch"));
        await new AccessHistory(_house.Access, TimeProvider.System).OpenAsync(dch, _edith, isExport: true, Setup.Here, Cancel);
        await new Watch(_house.Access).RunAsync(Cancel);
        var desk = new PrivacyDesk(_house.Access, TimeProvider.System);

        var (own, others) = (Assert.Single((await desk.ListAsync(rbch, decided: false, Setup.Here, Cancel))!),
            Assert.Single((await desk.ListAsync(await SignInAsync("privacy.rbch", "rbch"), decided: false, Setup.Here, Cancel))!));

        Assert.Equal((own.Id, false, true), (others.Id, own.IsMine, others.IsMine));
        Assert.Equal(AlertDecided.NotYours, await desk.DecideAsync(rbch, own.Id, 0, AlertState.Appropriate, "I say so", Setup.Here, Cancel));
    }

    private async Task LookAsync(string organisation, Guid person)
    {
        var lens = await _house.OpenWithReasonAsync(await SignInAsync("locum", organisation), person, Errand.Summary);
        await lens.ReadAsync(Cancel);
    }

    private async Task<Viewer> SignInAsync(string subject, string organisation) => Assert.IsType<Admission.Admitted>(
        await new Sessions(_house.Access, TimeProvider.System).BeginAsync(new Assertion("https://provider.test", subject, null, organisation, null)
        {
            AuthenticatedAt = TimeProvider.System.GetUtcNow(),
        }, Setup.Here, Cancel)).Viewer;

    private Task<string?> AlertsAsync(string rule) => _house.AskAsync(
        $"select string_agg(rule || ' ' || organisation_code, ', ' order by organisation_code) from access.alert where rule = '{rule}'");
}

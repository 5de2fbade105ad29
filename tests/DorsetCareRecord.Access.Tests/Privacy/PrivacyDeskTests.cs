using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Privacy;

/// <summary>From an act to an alert to an outcome; who decides, and who does not.</summary>
public sealed class PrivacyDeskTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private PrivacyDesk _desk = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
        _desk = new PrivacyDesk(_house.Access, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_a_stranger_says_why_then_their_officer_opens_the_alert_and_decides_it_once()
    {
        await _house.ReadAsync("clinician.rbch", _edith);
        var (ours, theirs) = (await Setup.SignInAsync(_house.Access, "privacy.dch"), await Setup.SignInAsync(_house.Access, "privacy.rbch"));

        var alert = Assert.Single((await _desk.ListAsync(theirs, decided: false, Setup.Here, Cancel))!);
        Assert.Equal(("P2", "clinician", true), (alert.Rule.Code, alert.Role!.Value.Name(), alert.IsMine));
        var opened = await _desk.OpenAsync(theirs, alert.Id, Setup.Here, Cancel);
        Assert.Equal("Hardwick", opened!.Person!.FamilyName, ignoreCase: true);
        Assert.Contains(opened.Lines, line => line is { Act: "view", Reason: not null });

        Assert.Equal(AlertDecided.SayMore, await _desk.DecideAsync(theirs, alert.Id, 0, AlertState.Appropriate, " ", Setup.Here, Cancel));
        Assert.Equal(AlertDecided.Decided, await _desk.DecideAsync(theirs, alert.Id, 0, AlertState.Asked, "Asked the ward", Setup.Here, Cancel));
        Assert.Equal(AlertDecided.Overtaken, await _desk.DecideAsync(theirs, alert.Id, 0, AlertState.Inappropriate, "A second hand", Setup.Here, Cancel));
        Assert.Equal(AlertDecided.NotYours, await _desk.DecideAsync(ours, alert.Id, 1, AlertState.Appropriate, "Not mine", Setup.Here, Cancel));
        Assert.Equal(AlertDecided.Decided, await _desk.DecideAsync(theirs, alert.Id, 1, AlertState.Appropriate, "Referred that day", Setup.Here, Cancel));
        Assert.Empty((await _desk.ListAsync(theirs, decided: false, Setup.Here, Cancel))!);
        Assert.Equal([AlertState.Asked, AlertState.Appropriate], Assert.Single((await _desk.ListAsync(theirs, decided: true, Setup.Here, Cancel))!).Steps.Select(s => s.State));

        var month = Assert.Single((await new Figures(_house.Access, TimeProvider.System).ReadAsync(theirs, all: false, Setup.Here, Cancel))!);
        Assert.Equal((1, 0, 1, 0), (month.Alerts, month.Open, month.Appropriate, month.Inappropriate));
        Assert.Equal("1 to 4", Figures.Public(month.Alerts));
    }

    [Fact]
    public async Task When_an_officer_takes_a_history_out_then_another_organisations_officer_decides_and_they_do_not()
    {
        var (ours, theirs) = (await Setup.SignInAsync(_house.Access, "privacy.dch"), await Setup.SignInAsync(_house.Access, "privacy.rbch"));
        await new AccessHistory(_house.Access, TimeProvider.System).OpenAsync(ours, _edith, isExport: true, Setup.Here, Cancel);

        Assert.Equal(1, await new Watch(_house.Access).RunAsync(Cancel));
        Assert.Equal(0, await new Watch(_house.Access).RunAsync(Cancel));

        var mine = Assert.Single((await _desk.ListAsync(ours, decided: false, Setup.Here, Cancel))!);
        Assert.False(mine.IsMine);
        Assert.Equal(AlertDecided.NotYours, await _desk.DecideAsync(ours, mine.Id, 0, AlertState.Appropriate, "I say so", Setup.Here, Cancel));
        var other = Assert.Single((await _desk.ListAsync(theirs, decided: false, Setup.Here, Cancel))!);
        Assert.Equal(("P12", true), (other.Rule.Code, other.IsMine));
        Assert.Equal(AlertDecided.Decided, await _desk.DecideAsync(theirs, other.Id, 0, AlertState.Appropriate, "The patient asked", Setup.Here, Cancel));
    }

    [Fact]
    public async Task When_somebody_is_put_on_the_watch_list_then_those_who_looked_before_are_told_too()
    {
        await _house.ReadAsync("nurse.dch", _edith);
        await new Watch(_house.Access).RunAsync(Cancel);
        var officer = await Setup.SignInAsync(_house.Access, "privacy.dch");
        var list = new WatchList(_house.Access, TimeProvider.System);
        Assert.False(await list.PutAsync(officer, Cast.Edith.NhsNumber!.Value, " ", Setup.Here, Cancel));
        Assert.False(await list.PutAsync(await Setup.SignInAsync(_house.Access, "admin.dch"), Cast.Edith.NhsNumber!.Value, "Curious", Setup.Here, Cancel));
        Assert.True(await list.PutAsync(officer, Cast.Edith.NhsNumber!.Value, "In the news", Setup.Here, Cancel));

        await new Watch(_house.Access).RunAsync(Cancel);
        await new Watch(_house.Access).RunAsync(Cancel);

        Assert.Equal("nurse", await _house.AskAsync("select string_agg(a.role, ',') from access.alert x join access.account a on a.id = x.account_id where x.rule = 'P6'"));
    }

    /// <summary>Both positions of the switch do something: a rule whose row has ended notices nothing, and said anew it does.</summary>
    [Fact]
    public async Task When_a_rule_has_ended_then_it_notices_nothing()
    {
        await StaffFile.ImportAsync(_house.Database.Owner, "dch",
            [new StaffMember { Subject = "nurse.dch", NhsNumber = Cast.Edith.NhsNumber!.Value.Digits, FamilyName = "Oke", GivenNames = "Grace" }], Cancel);
        await _house.AskAsync("update access.watch_rule set valid_to = now(), ended_by = 't', ended_why = 't' where rule = 'P3'");
        await _house.ReadAsync("nurse.dch", _edith);
        await new Watch(_house.Access).RunAsync(Cancel);
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.alert where rule = 'P3'"));

        await _house.AskAsync("insert into access.watch_rule (id, rule, limits, valid_from, made_by, made_at, why) values (gen_random_uuid(), 'P3', '{}', now(), 't', now(), 't')");
        await _house.ReadAsync("nurse.dch", _edith);
        await new Watch(_house.Access).RunAsync(Cancel);

        Assert.Equal("1", await _house.AskAsync("select count(*) from access.alert where rule = 'P3'"));
    }

    [Fact]
    public async Task When_the_letters_of_a_restricted_person_are_tried_then_that_is_told_and_a_summary_is_not()
    {
        // While nothing is restricted, letters are everyday work.
        await _house.OpenAsync(await Setup.SignInAsync(_house.Access, "nurse.dch"), _edith, Errand.Letters);
        await new Watch(_house.Access).RunAsync(Cancel);
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.alert where rule = 'P13'"));
        await _house.AskAsync("insert into access.restricted_person (id, nhs_number, valid_from, made_by, made_at, why) values "
            + $"(gen_random_uuid(), '{Cast.Edith.NhsNumber!.Value.Digits}', '2000-01-01Z', 't', now(), 't')");
        var nurse = await Setup.SignInAsync(_house.Access, "nurse.dch");
        Assert.Equal(Declared.Open, await _house.SayAsync(nurse, _edith, Asking.Seal));
        await _house.OpenAsync(nurse, _edith, Errand.Summary);
        await new Watch(_house.Access).RunAsync(Cancel);
        Assert.Equal("0", await _house.AskAsync("select count(*) from access.alert where rule = 'P13'"));

        await _house.OpenAsync(nurse, _edith, Errand.Letters);
        await new Watch(_house.Access).RunAsync(Cancel);

        Assert.Equal("1 tries, refused", await _house.AskAsync("select reason from access.alert where rule = 'P13'"));
    }
}

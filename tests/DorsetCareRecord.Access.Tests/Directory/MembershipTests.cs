using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Directory;

/// <summary>One person at two organisations: each has its own word about them, nothing is added up, and going from one to the other is a new session.</summary>
public sealed class MembershipTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Issuer = "https://provider.test";

    private ReadingHouse _house = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Sessions Sessions => new(_house.Access, _house.Clock);

    private Employers Employers => new(_house.Access, Sessions, _house.Clock);

    private Members Members => new(_house.Access, new Proposals(_house.Access, _house.Clock), _house.Clock);

    private DateOnly Today => DorsetCareRecord.Access.Showing.Dates.Today(_house.Clock.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        await Setup.ImportAsync(_house.Database, """
            { "organisations": [], "users": [
              { "issuer": "*", "subject": "locum", "name": "Esther Coombe", "organisation": "dch", "role": "clinician" },
              { "issuer": "*", "subject": "locum", "name": "Dr E. Coombe", "organisation": "rbch", "role": "nurse" } ] }
            """);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_two_organisations_enabled_somebody_then_they_choose_one_and_until_then_nothing_opens()
    {
        var asked = Assert.IsType<Admission.Choosing>(await BeginAsync());
        Assert.Equal(new Admission.Choosing(asked.Session), await Sessions.AdmitAsync(asked.Session, isActivity: true, Cancel));
        Assert.Equal(["dch Clinician", "rbch Nurse"], await ChoicesAsync(asked.Session));
        Assert.Equal("ask-organisation allowed locum", await LastNoteAsync());

        // Not what is somebody else's; and what is theirs, once.
        var stranger = await Setup.SignInAsync(_house.Access, "clinician.dch", _house.Clock);
        Assert.Equal(new Admission.Turned(NotAdmitted.NotEnabled), await Employers.ChooseAsync(asked.Session, stranger.Account, Setup.Here, Cancel));
        Assert.Equal("switch-organisation refused locum", await LastNoteAsync());
        var rbch = await AccountAsync("rbch");
        var viewer = Assert.IsType<Admission.Admitted>(await Employers.ChooseAsync(asked.Session, rbch, Setup.Here, Cancel)).Viewer;
        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Employers.ChooseAsync(asked.Session, rbch, Setup.Here, Cancel));

        Assert.Equal(("rbch", Role.Nurse, "Dr E. Coombe"), (viewer.Organisation, viewer.Role, viewer.Name));
        Assert.NotEqual(asked.Session, viewer.Session);
        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Sessions.AdmitAsync(asked.Session, isActivity: true, Cancel));
        Assert.Equal("sign-in allowed locum rbch chosen", await LastNoteAsync());
        Assert.Equal("1", await _house.AskAsync("select count(*) from access.account where subject = 'locum' and signed_in_at is not null"));
    }

    [Fact]
    public async Task When_nobody_chooses_then_the_question_is_over_after_ten_minutes_and_whoever_leaves_ends_it_at_once()
    {
        var (left, lapsed) = (Assert.IsType<Admission.Choosing>(await BeginAsync()), Assert.IsType<Admission.Choosing>(await BeginAsync()));
        await Employers.LeaveAsync(left.Session, Cancel);
        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Sessions.AdmitAsync(left.Session, isActivity: true, Cancel));

        _house.Clock.Advance(Sessions.ToChoose + TimeSpan.FromSeconds(1));

        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Employers.ChooseAsync(lapsed.Session, await AccountAsync("dch"), Setup.Here, Cancel));
    }

    /// <summary>Whoever else has their password and has not chosen yet is among the others.</summary>
    [Fact]
    public async Task When_somebody_ends_all_others_then_a_sign_in_that_has_not_chosen_yet_is_over_too()
    {
        var here = await EnterAsync("rbch");
        var undecided = Assert.IsType<Admission.Choosing>(await BeginAsync());
        var open = new OpenSessions(_house.Access, _house.Clock);
        Assert.Contains(await open.ListAsync(here, Setup.Here, Cancel), one => one is { Organisation: null, IsThis: false });

        Assert.Equal(Changed.Done, await open.EndOthersAsync(here, Setup.Here, Cancel));

        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Employers.ChooseAsync(undecided.Session, await AccountAsync("dch"), Setup.Here, Cancel));
        Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(here.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task ID_2_When_the_provider_says_for_which_they_come_then_nobody_is_asked_and_claims_give_nothing()
    {
        (string Expected, Assertion Said)[] ways =
        [
            ("rbch", Said() with { Organisation = "rbch" }), ("dch", Said() with { Role = "clinician" }),
            ("dch", Said() with { Ods = "RBD", NationalCodes = ["S8000:G8000:R8000"] }), ("rbch", Said() with { Ods = "RDZ", NationalCodes = ["S8000:G8000:R8001"] }),
            ("AnotherRole", Said() with { Ods = "RDZ", NationalCodes = ["S8000:G8000:R8010"] }), // a clerk there, which that organisation did not make them
            ("AnotherRole", Said() with { Ods = "815", NationalCodes = ["S8000:G8000:R8000"] }), ("NotEnabled", Said() with { Organisation = "dcc" }),
            ("NotEnabled", Said() with { Organisation = "rbch", Role = "clinician" }), // the organisation of one and the role of the other
        ];
        foreach (var (expected, said) in ways)
        {
            var came = await Sessions.BeginAsync(said, Setup.Here, Cancel) switch
            {
                Admission.Admitted { Viewer: var viewer } => viewer.Organisation,
                Admission.Turned { Why: var why } => $"{why}",
                var other => $"{other}",
            };
            Assert.Equal(expected, came);
        }
    }

    [Fact]
    public async Task ID_11_When_somebody_changes_organisation_then_it_is_a_new_session_without_their_reasons_and_no_longer_than_the_first()
    {
        var edith = await _house.TellEdithAsync();
        var rbch = await EnterAsync("rbch");
        await _house.OpenWithReasonAsync(rbch, edith, Errand.Summary);
        _house.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(rbch.Session, isActivity: true, Cancel)).Viewer.WorksElsewhere);

        var dch = Assert.IsType<Admission.Admitted>(await Employers.ChooseAsync(rbch.Session, await AccountAsync("dch"), Setup.Here, Cancel)).Viewer;
        var back = Assert.IsType<Admission.Admitted>(await Employers.ChooseAsync(dch.Session, await AccountAsync("rbch"), Setup.Here, Cancel)).Viewer;

        Assert.Equal(3, new HashSet<Guid> { rbch.Session, dch.Session, back.Session }.Count);
        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Sessions.AdmitAsync(rbch.Session, isActivity: true, Cancel));
        Assert.Equal("switch-organisation allowed locum rbch from:dch:clinician", await LastNoteAsync());
        Assert.Equal("2", await _house.AskAsync("select count(*) from access.audit where action = 'replace-session' and subject = 'locum'"));
        Assert.IsType<Opening.ReasonNeeded>(await _house.OpenAsync(back, edith, Errand.Summary));
        Assert.Equal("1", await _house.AskAsync($"select count(distinct started_at) from access.session where id in ('{rbch.Session}', '{dch.Session}', '{back.Session}')"));

        // The provider's own session goes along: what ends it there ends it here.
        await new ProviderSignOuts(_house.Access, Sessions, _house.Clock).HearAsync(new(Issuer, "t-1", "sid-1", null, _house.Clock.GetUtcNow().AddMinutes(2)), Setup.Here, Cancel);
        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Sessions.AdmitAsync(back.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task When_the_sign_in_was_for_one_organisation_then_no_change_leads_out_of_it()
    {
        var viewer = Assert.IsType<Admission.Admitted>(await Sessions.BeginAsync(Said() with { Ods = "RBD" }, Setup.Here, Cancel)).Viewer;

        Assert.False(Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel)).Viewer.WorksElsewhere);
        Assert.Equal(["dch Clinician"], await ChoicesAsync(viewer.Session));
        Assert.Equal(new Admission.Turned(NotAdmitted.NotEnabled), await Employers.ChooseAsync(viewer.Session, await AccountAsync("rbch"), Setup.Here, Cancel));
        Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task When_one_organisation_disables_somebody_then_the_other_ones_word_stands_and_nobody_is_asked_any_more()
    {
        var (dch, rbch) = (await EnterAsync("dch"), await EnterAsync("rbch"));
        var admin = await Setup.SignInAsync(_house.Access, "admin.dch", _house.Clock);
        var accounts = new Accounts(_house.Access, _house.Clock);
        Assert.False(await accounts.SetEnabledAsync(admin, rbch.Account, enabled: false, Setup.Here, Cancel));
        Assert.Equal(["Esther Coombe"], (await accounts.ListAsync(admin, Setup.Here, Cancel))!.Staff.Where(one => one.Subject == "locum").Select(one => one.Name));

        Assert.True(await accounts.SetEnabledAsync(admin, dch.Account, enabled: false, Setup.Here, Cancel));

        Assert.Equal(new Admission.Turned(NotAdmitted.NotEnabled), await Sessions.AdmitAsync(dch.Session, isActivity: true, Cancel));
        Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(rbch.Session, isActivity: true, Cancel));
        Assert.Equal(new Admission.Turned(NotAdmitted.NotEnabled), await Employers.ChooseAsync(rbch.Session, dch.Account, Setup.Here, Cancel));
        Assert.Equal("rbch", Assert.IsType<Admission.Admitted>(await BeginAsync()).Viewer.Organisation);
    }

    [Fact]
    public async Task When_an_organisation_invites_somebody_whom_another_enabled_then_both_words_stand_and_neither_hears_of_the_other()
    {
        var (admin, other) = (await Setup.SignInAsync(_house.Access, "admin.dcc", _house.Clock), await Setup.SignInAsync(_house.Access, "nurse.dch", _house.Clock));
        var before = await _house.AskAsync($"select account::text from access.account where id = '{other.Account}'");

        Assert.Equal(Changed.Done, await Members.InviteAsync(admin, new("*", "nurse.dch", "G. Oke", Role.SocialWorker, Today.AddDays(9), null), Setup.Here, Cancel));
        // Of one organisation there is one word about a person, under whichever provider it is said.
        Assert.Equal(Changed.NotUnderstood, await Members.InviteAsync(admin, new(Issuer, "nurse.dch", "G. Oke", Role.Nurse, Today.AddDays(9), null), Setup.Here, Cancel));

        Assert.Equal(before, await _house.AskAsync($"select account::text from access.account where id = '{other.Account}'"));
        Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(other.Session, isActivity: true, Cancel));
        Assert.Equal(["dcc SocialWorker", "dch Nurse"], await ChoicesAsync(Assert.IsType<Admission.Choosing>(await BeginAsync("nurse.dch")).Session));
    }

    [Fact]
    public async Task When_somebody_only_proves_anew_who_they_are_then_they_go_on_where_they_were_and_are_not_asked()
    {
        var older = await EnterAsync("rbch");

        var newer = Assert.IsType<Admission.Admitted>(await Sessions.BeginAsync(Said(), Setup.Here, Cancel, keeping: older.Session)).Viewer;

        Assert.Equal(older.Account, newer.Account);
        Assert.IsType<Admission.Choosing>(await Sessions.BeginAsync(Said(), Setup.Here, Cancel, keeping: Guid.NewGuid()));
    }

    [Fact]
    public async Task When_a_directory_file_says_that_somebody_has_left_for_another_organisation_then_the_former_ones_word_and_sessions_are_over()
    {
        var (dch, rbch) = (await EnterAsync("dch"), await EnterAsync("rbch"));

        await Setup.ImportAsync(_house.Database, """
            { "organisations": [], "users": [{ "issuer": "*", "subject": "locum", "name": "Esther Coombe", "organisation": "dcc", "role": "socialworker", "movedFrom": "dch" }] }
            """);

        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await Sessions.AdmitAsync(dch.Session, isActivity: true, Cancel));
        Assert.IsType<Admission.Admitted>(await Sessions.AdmitAsync(rbch.Session, isActivity: true, Cancel));
        Assert.Equal(["dcc SocialWorker", "rbch Nurse"], await ChoicesAsync(Assert.IsType<Admission.Choosing>(await BeginAsync()).Session));
        await Assert.ThrowsAsync<DirectoryFileException>(() => Setup.ImportAsync(_house.Database, """
            { "organisations": [], "users": [{ "issuer": "*", "subject": "x", "name": "X", "organisation": "dcc", "role": "nurse", "movedFrom": "dcc" }] }
            """));
    }

    /// <summary>Thirty in an hour are a human's, not an account's.</summary>
    [Fact]
    public async Task When_searches_found_nobody_for_one_organisation_then_they_count_for_the_other_too()
    {
        var (dch, rbch) = (await EnterAsync("dch"), await EnterAsync("rbch"));
        await _house.AskAsync($"""
            insert into access.search_miss (id, account_id, at)
            select gen_random_uuid(), '{dch.Account}', '{_house.Clock.GetUtcNow():O}'::timestamptz - interval '1 minute' from generate_series(1, {SearchMisses.Most})
            """);

        var attempt = await new SearchMisses(_house.Access).BeginAsync(rbch, _house.Clock.GetUtcNow(), Cancel);

        Assert.True(attempt.IsLocked);
    }

    private Assertion Said(string subject = "locum") =>
        new(Issuer, subject, "sid-1", null, null) { AuthenticatedAt = _house.Clock.GetUtcNow() };

    private Task<Admission> BeginAsync(string subject = "locum") => Sessions.BeginAsync(Said(subject), Setup.Here, Cancel);

    private async Task<Viewer> EnterAsync(string organisation) => Assert.IsType<Admission.Admitted>(await Employers.ChooseAsync(
        Assert.IsType<Admission.Choosing>(await BeginAsync()).Session, await AccountAsync(organisation), Setup.Here, Cancel)).Viewer;

    private async Task<IEnumerable<string>> ChoicesAsync(Guid session)
    {
        var codes = new List<string>();
        foreach (var employer in await Employers.OfAsync(session, Cancel))
            codes.Add($"{await _house.AskAsync($"select organisation_code from access.account where id = '{employer.Account}'")} {employer.Role}");
        return codes.Order(StringComparer.Ordinal);
    }

    private async Task<Guid> AccountAsync(string organisation) =>
        Guid.Parse((await _house.AskAsync($"select id from access.account where subject = 'locum' and organisation_code = '{organisation}'"))!);

    private Task<string?> LastNoteAsync() => _house.AskAsync("""
        select concat_ws(' ', action, outcome, subject, organisation, nullif(array_to_string(rules, ' '), '')) from access.audit order by seq desc limit 1
        """);
}

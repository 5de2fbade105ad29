using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Access.Tests.Directory;

public sealed class SessionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private AccessDatabase _access = null!;
    private Sessions _sessions = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Setup.Access);
        await Setup.ImportAsync(_database, Setup.Directory);
        _access = new AccessDatabase(_database.Portal);
        _sessions = new Sessions(_access, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _access.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task When_an_enabled_user_signs_in_then_the_directory_says_who_they_are()
    {
        var viewer = await Setup.SignInAsync(_access, "clinician.dch", _clock);

        Assert.Equal(("dch", Role.Clinician, "Hana Begum"), (viewer.Organisation, viewer.Role, viewer.Name));
        Assert.Equal("sign-in allowed Hana Begum", await LastAuditAsync());
    }

    [Theory]
    [InlineData("nobody.known", null, null)]
    [InlineData("CLINICIAN.DCH", null, null)]
    [InlineData("clinician.dch", "dcc", null)]
    [InlineData("clinician.dch", null, "admin")]
    [InlineData("clerk.dch", null, "clinician")]
    [InlineData("clerk.dch", null, "no-such-role")]
    public async Task When_the_directory_does_not_agree_then_sign_in_is_refused_and_noted(
        string subject, string? organisation, string? role)
    {
        var answer = await _sessions.BeginAsync(
            new Assertion("https://provider.test", subject, null, organisation, role), Setup.Here, Cancel);

        Assert.Equal(new Admission.Turned(NotAdmitted.NotEnabled), answer);
        Assert.Equal("sign-in refused ", await LastAuditAsync());
    }

    [Fact]
    public async Task When_an_account_is_of_another_issuer_then_sign_in_is_refused()
    {
        await Setup.ImportAsync(_database, """
            { "organisations": [], "users": [
              { "issuer": "https://one.test", "subject": "same", "name": "One", "organisation": "dch", "role": "clinician" } ] }
            """);

        var other = await _sessions.BeginAsync(new Assertion("https://two.test", "same", null, null, null), Setup.Here, Cancel);
        var own = await _sessions.BeginAsync(new Assertion("https://one.test", "same", null, null, null), Setup.Here, Cancel);

        Assert.IsType<Admission.Turned>(other);
        Assert.IsType<Admission.Admitted>(own);
    }

    [Fact]
    public async Task When_an_account_is_disabled_then_its_open_session_ends_at_the_next_request()
    {
        var viewer = await Setup.SignInAsync(_access, "clerk.dch", _clock);
        var admin = await Setup.SignInAsync(_access, "admin.dch", _clock);

        Assert.True(await new Accounts(_access, _clock).SetEnabledAsync(admin, viewer.Account, enabled: false, Setup.Here, Cancel));

        Assert.Equal(new Admission.Turned(NotAdmitted.NotEnabled), await _sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task When_an_import_runs_again_then_a_disabled_user_stays_disabled()
    {
        var viewer = await Setup.SignInAsync(_access, "clerk.dch", _clock);
        var admin = await Setup.SignInAsync(_access, "admin.dch", _clock);
        await new Accounts(_access, _clock).SetEnabledAsync(admin, viewer.Account, enabled: false, Setup.Here, Cancel);

        await Setup.ImportAsync(_database, Setup.Directory);

        Assert.IsType<Admission.Turned>(await _sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task When_a_session_is_idle_too_long_then_it_is_over_even_if_the_page_refreshed_itself()
    {
        var viewer = await Setup.SignInAsync(_access, "clinician.dch", _clock);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<Admission.Admitted>(await _sessions.AdmitAsync(viewer.Session, isActivity: false, Cancel));
        _clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await _sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task When_a_session_is_used_all_day_then_it_is_over_after_twelve_hours()
    {
        var viewer = await Setup.SignInAsync(_access, "clinician.dch", _clock);
        for (var i = 0; i < 72; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            Assert.IsType<Admission.Admitted>(await _sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<Admission.Turned>(await _sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
    }

    [Fact]
    public async Task When_a_user_signs_out_then_the_old_cookie_opens_nothing()
    {
        var viewer = await Setup.SignInAsync(_access, "clinician.dch", _clock);

        await _sessions.EndAsync(viewer, Setup.Here, Cancel);

        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await _sessions.AdmitAsync(viewer.Session, isActivity: true, Cancel));
    }

    [Theory]
    [InlineData("clinician.dch", "1")]
    [InlineData("nurse.dch", "0")]
    public async Task When_a_session_replaces_another_for_a_new_proof_then_reasons_go_along_for_the_same_person_only(string who, string carried)
    {
        var older = await Setup.SignInAsync(_access, "clinician.dch", _clock);
        await Setup.TextAsync(_database.Owner, $"""
            insert into access.declaration (id, session_id, account_id, person_id, kind, reason_code, made_at, expires_at)
            select gen_random_uuid(), '{older.Session}', '{older.Account}', gen_random_uuid(), 'relationship', 'treating', t, t + span
            from (values (timestamptz '2026-11-23 08:30Z')) made (t), (values (interval '1 hour'), (interval '1 minute')) lasts (span)
            """);
        var newer = await Setup.SignInAsync(_access, who, _clock);

        await _sessions.ReplaceAsync(older.Session, newer, Setup.Here, Cancel);

        Assert.Equal(new Admission.Turned(NotAdmitted.SessionOver), await _sessions.AdmitAsync(older.Session, isActivity: true, Cancel));
        Assert.Equal(carried, await Setup.TextAsync(_database.Owner,
            $"select count(*) from access.declaration where session_id = '{newer.Session}' and expires_at = '2026-11-23 09:30Z'"));
        Assert.Equal(carried, await Setup.TextAsync(_database.Owner, $"select count(*) from access.declaration where session_id = '{newer.Session}'"));
    }

    [Fact]
    public async Task When_the_audit_cannot_be_written_then_nobody_signs_in()
    {
        await Setup.TextAsync(_database.Owner, "alter table access.audit add constraint broken check (version = '') not valid");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Setup.SignInAsync(_access, "clinician.dch", _clock));

        Assert.Equal("0", await Setup.TextAsync(_database.Owner, "select count(*) from access.session"));
    }

    private Task<string?> LastAuditAsync() => Setup.TextAsync(_database.Owner,
        "select action || ' ' || outcome || ' ' || coalesce(name, '') from access.audit order by seq desc limit 1");
}

using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DorsetCareRecord.Access.Tests.Directory;

/// <summary>Sessions seen and ended by their own person, and by their organisation's administrator (ASVS 5.0, 7.5.2 and 7.4.5).</summary>
public sealed class OpenSessionsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private AccessDatabase _access = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OpenSessions Open => new(_access, _clock);

    private Members Members => new(_access, new Proposals(_access, _clock), _clock);

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Setup.Access);
        await Setup.ImportAsync(_database, Setup.Directory);
        _access = new AccessDatabase(_database.Portal);
    }

    public async ValueTask DisposeAsync()
    {
        await _access.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task When_somebody_looks_at_their_sessions_then_they_see_the_open_ones_as_they_began_and_which_is_this()
    {
        await SignInAsync("nurse.dch");
        _clock.Advance(TimeSpan.FromMinutes(16)); // idle too long: over, and not shown
        var left = await SignInAsync("nurse.dch");
        await SignInAsync("clerk.dch");
        _clock.Advance(TimeSpan.FromMinutes(5));
        await Setup.TextAsync(_database.Owner, "update access.account set role = 'clerical' where subject = 'nurse.dch'");
        var here = await SignInAsync("nurse.dch");

        var shown = await Open.ListAsync(here, Setup.Here, Cancel);

        Assert.Equal([(Role.Nurse, false), (Role.Clerical, true)], shown.Select(one => (one.Role!.Value, one.IsThis)));
        Assert.Equal(_clock.GetUtcNow().AddMinutes(-5), shown[0].Began);
        Assert.All(shown, one => Assert.Equal("Dorset County Hospital", one.Organisation));
        Assert.All(shown, one => Assert.DoesNotContain($"{left.Session:n}"[..8], one.Handle, StringComparison.Ordinal));
        Assert.Equal("list-sessions allowed nurse.dch", await LastNoteAsync());
    }

    [Fact]
    public async Task When_somebody_ends_one_of_their_sessions_or_all_others_then_those_are_over_are_told_and_no_one_elses_are()
    {
        var (ward, office, here) = (await SignInAsync("nurse.dch"), await SignInAsync("nurse.dch"), await SignInAsync("nurse.dch"));
        var stranger = await SignInAsync("clerk.dch");
        var told = new List<string>();
        await using var listener = await ListenAsync(told);
        var strangers = Assert.Single(await Open.ListAsync(stranger, Setup.Here, Cancel)).Handle;
        var handles = (await Open.ListAsync(here, Setup.Here, Cancel)).ToLookup(one => one.IsThis, one => one.Handle);

        Assert.Equal(Changed.NothingForYou, await Open.EndAsync(here, strangers, Setup.Here, Cancel));
        Assert.Equal(Changed.NothingForYou, await Open.EndAsync(here, handles[true].Single(), Setup.Here, Cancel));
        Assert.Equal(Changed.Done, await Open.EndAsync(here, handles[false].First(), Setup.Here, Cancel));
        Assert.Equal("here stranger", await StillOpenAsync(("here", here), ("stranger", stranger)));
        Assert.NotEqual(await IsOpenAsync(ward), await IsOpenAsync(office));
        Assert.StartsWith("end-session allowed nurse.dch session:", await LastNoteAsync(), StringComparison.Ordinal);

        Assert.Equal(Changed.Done, await Open.EndOthersAsync(here, Setup.Here, Cancel));
        Assert.Equal("here stranger", await StillOpenAsync(("here", here), ("stranger", stranger), ("ward", ward), ("office", office)));
        await Setup.TextAsync(_database.Owner, "select pg_notify('session_ended', 'last')");
        while (!told.Contains("last"))
            await listener.WaitAsync(Cancel);
        Assert.Equal(new[] { $"{ward.Session}", $"{office.Session}", "last" }.Order(), told.Order());
    }

    [Fact]
    public async Task When_the_proof_of_who_somebody_is_is_old_then_they_end_nothing_before_a_new_one()
    {
        var (other, here) = (await SignInAsync("nurse.dch"), await SignInAsync("nurse.dch"));
        var handle = (await Open.ListAsync(here, Setup.Here, Cancel)).Single(one => !one.IsThis).Handle;
        var old = here with { AuthenticatedAt = _clock.GetUtcNow() - Proof.ToFinish - TimeSpan.FromSeconds(1) };

        Assert.Equal(Changed.ProveAgain, await Open.EndAsync(old, handle, Setup.Here, Cancel));
        Assert.Equal(Changed.ProveAgain, await Open.EndOthersAsync(old, Setup.Here, Cancel));

        Assert.True(await IsOpenAsync(other));
    }

    [Fact]
    public async Task When_an_administrator_ends_somebodys_sessions_then_they_are_out_everywhere_and_still_enabled_and_only_in_that_organisation()
    {
        var (ward, office) = (await SignInAsync("nurse.dch"), await SignInAsync("nurse.dch"));
        var (admin, stranger) = (await SignInAsync("admin.dch"), await SignInAsync("admin.dcc"));
        var told = new List<string>();
        await using var listener = await ListenAsync(told);

        Changed[] tried =
        [
            await Members.EndSessionsAsync(stranger, ward.Account, Setup.Here, Cancel), await Members.EndSessionsAsync(ward, admin.Account, Setup.Here, Cancel),
            await Members.EndSessionsAsync(admin, admin.Account, Setup.Here, Cancel), await Members.EndSessionsAsync(admin, Guid.NewGuid(), Setup.Here, Cancel),
        ];
        Assert.All(tried, outcome => Assert.Equal(Changed.NothingForYou, outcome));
        Assert.Equal("ward office admin", await StillOpenAsync(("ward", ward), ("office", office), ("admin", admin)));
        var staff = (await new Accounts(_access, _clock).ListAsync(admin, Setup.Here, Cancel))!.Staff;
        Assert.Equal([2, 0], ((string[])["nurse.dch", "clerk.dch"]).Select(who => staff.Single(account => account.Subject == who).OpenSessions));

        Assert.Equal(Changed.Done, await Members.EndSessionsAsync(admin, ward.Account, Setup.Here, Cancel));

        Assert.Equal("admin", await StillOpenAsync(("ward", ward), ("office", office), ("admin", admin)));
        Assert.Equal($"end-user-sessions allowed admin.dch {ward.Account}", await LastNoteAsync());
        Assert.True(await IsOpenAsync(await SignInAsync("nurse.dch")));
        await Setup.TextAsync(_database.Owner, "select pg_notify('session_ended', 'last')");
        while (!told.Contains("last"))
            await listener.WaitAsync(Cancel);
        Assert.Equal(new[] { $"{ward.Session}", $"{office.Session}", "last" }.Order(), told.Order());
    }

    private Task<Viewer> SignInAsync(string user) => Setup.SignInAsync(_access, user, _clock);

    private async Task<bool> IsOpenAsync(Viewer viewer) =>
        await new Sessions(_access, _clock).AdmitAsync(viewer.Session, isActivity: false, Cancel) is Admission.Admitted;

    private async Task<string> StillOpenAsync(params (string Name, Viewer Viewer)[] sessions)
    {
        var open = new List<string>();
        foreach (var (name, viewer) in sessions)
        {
            if (await IsOpenAsync(viewer))
                open.Add(name);
        }

        return string.Join(' ', open);
    }

    private async Task<NpgsqlConnection> ListenAsync(List<string> told)
    {
        var connection = new NpgsqlConnection(_database.Owner);
        await connection.OpenAsync(Cancel);
        connection.Notification += (_, heard) => told.Add(heard.Payload);
        await using var listen = new NpgsqlCommand("listen session_ended", connection);
        await listen.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    private Task<string?> LastNoteAsync() => Setup.TextAsync(_database.Owner, """
        select trim(concat_ws(' ', action, outcome, subject, nullif(array_to_string(found, ' '), ''), array_to_string(rules, ' '))) from access.audit order by seq desc limit 1
        """);
}

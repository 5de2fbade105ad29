using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Desk;

/// <summary>When a source counts as late or silent (R12, F21), and how what is usual is learnt. The clock is held.</summary>
public sealed class SilenceTests(PostgresFixture postgres)
{
    /// <summary>A Tuesday afternoon in winter.</summary>
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-23T00:00:00Z", 0)] // Monday
    [InlineData("2026-11-24T14:00:00Z", 38)]
    [InlineData("2026-11-29T23:59:59Z", 167)] // Sunday
    [InlineData("2026-06-30T23:30:00Z", 48)] // in summer Dorset is an hour ahead: Wednesday 00:30
    public void When_an_hour_of_the_week_is_told_then_it_is_that_of_Dorset(string at, int hour) =>
        Assert.Equal(hour, Expectation.HourOfWeek(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(SourceCodes.SystemC, 29, SourceState.OnTime)]
    [InlineData(SourceCodes.SystemC, 30, SourceState.Late)]
    [InlineData(SourceCodes.SystemC, 119, SourceState.Late)]
    [InlineData(SourceCodes.SystemC, 120, SourceState.Silent)]
    [InlineData(SourceCodes.SocialCarePoole, 25 * 60, SourceState.OnTime)]
    [InlineData(SourceCodes.SocialCarePoole, 26 * 60, SourceState.Late)]
    [InlineData(SourceCodes.SocialCarePoole, 50 * 60, SourceState.Silent)]
    public void When_a_source_has_said_nothing_for_so_long_then_its_state_is(string source, int minutes, SourceState state)
    {
        var expectation = Expectation.Default(source, Expectation.HourOfWeek(Tuesday));

        Assert.Equal(state, expectation.StateOf(Tuesday, Tuesday.AddMinutes(minutes)));
        Assert.Equal(SourceState.NotConnected, expectation.StateOf(null, Tuesday));
    }

    [Fact]
    public async Task When_a_source_speaks_again_then_it_is_on_time_again_by_itself()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        await room.AcceptAsync("m1");
        var later = TimeProvider.System.GetUtcNow().AddHours(12);

        var before = await OneAsync(portal, later);
        await RunAsync(room, $"insert into inbox.message (received_at, source, format, digest, lane, body) values ('{later.AddMinutes(-1):O}', 'systemc', 'hl7v2', '', 0, '')");
        var after = await OneAsync(portal, later);

        Assert.Equal((SourceState.Silent, SourceState.OnTime), (before.StateAt(later), after.StateAt(later)));
    }

    [Fact]
    public async Task When_weeks_of_history_are_there_then_the_usual_is_learnt_for_each_hour_of_the_week()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        // Five weeks: every ten minutes from 8 to 20, once an hour at night.
        await RunAsync(room, """
            insert into inbox.message (received_at, source, format, digest, lane, body)
            select t, 'camis', 'hl7v2', '', 0, '' from generate_series(timestamptz '2026-10-19 00:00Z', '2026-11-24 13:59Z', interval '10 minutes') t
            where extract(hour from t at time zone 'Europe/London') between 8 and 19 or extract(minute from t) = 0
            """);

        await Baseline.CountAsync(room.Database, Tuesday, Cancel);
        var once = await room.AskAsync<long>("select sum(messages) from inbox.hour");
        await Baseline.CountAsync(room.Database, Tuesday, Cancel);
        await Baseline.LearnAsync(room.Database, Tuesday, Cancel);

        Assert.Equal(await room.AskAsync<long>("select count(*) from inbox.message"), once);
        Assert.Equal(once, await room.AskAsync<long>("select sum(messages) from inbox.hour"));
        var day = (await OneAsync(room.Database, Tuesday, SourceCodes.Camis)).Expectation;
        var night = (await OneAsync(room.Database, Tuesday.AddHours(12), SourceCodes.Camis)).Expectation;
        Assert.Equal((6, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(100)), (day.Usual, day.LateAfter, day.SilentAfter));
        Assert.Equal((1, TimeSpan.FromHours(3), TimeSpan.FromHours(10)), (night.Usual, night.LateAfter, night.SilentAfter));
        Assert.True(day.Weeks >= Baseline.FewestWeeks);
        Assert.Equal(0, (await OneAsync(room.Database, Tuesday)).Expectation.Weeks); // nothing is learnt of a source that never spoke
    }

    [Fact]
    public async Task When_an_operator_has_set_what_is_expected_then_learning_leaves_it()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await RunAsync(room, """
            insert into inbox.hour select 'camis', h, 60, '1 minute' from generate_series(timestamptz '2026-10-19 00:00Z', '2026-11-24 13:00Z', interval '1 hour') h;
            insert into inbox.expectation select 'camis', n, 10, '45 minutes', '3 hours', 0, now() from generate_series(0, 167) n
            """);

        await Baseline.LearnAsync(room.Database, Tuesday, Cancel);

        Assert.Equal(TimeSpan.FromMinutes(45), (await OneAsync(room.Database, Tuesday, SourceCodes.Camis)).Expectation.LateAfter);
    }

    [Fact]
    public async Task When_the_desk_is_asked_then_the_worst_source_comes_first_with_its_figures()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        await room.AcceptAsync("m1", source: SourceCodes.Camis);
        await room.AcceptAsync("m2", patient: "p2");
        await RunAsync(room, """
            insert into inbox.pause (id, source, since, by, why) values (gen_random_uuid(), 'systemc', now(), 'Olive', 'why not');
            insert into inbox.door values (gen_random_uuid(), 'camis', 2, 17, 8.5, now()), (gen_random_uuid(), 'camis', 1, 0, 9.5, now()),
              (gen_random_uuid(), 'camis', 9, 0, 1, now() - interval '1 hour');
            insert into inbox.parked select id, received_at, lane, source, 'no-patient', 'PID-3', null, 1, now() from inbox.message where source = 'camis';
            delete from inbox.waiting where source = 'camis'
            """);
        var now = TimeProvider.System.GetUtcNow();

        var rows = await FeedTable.ReadAsync(portal, now, Cancel);
        var later = await FeedTable.ReadAsync(portal, now.AddHours(30), Cancel);

        Assert.Equal([SourceCodes.SystemC, SourceCodes.Camis], rows.Take(2).Select(r => r.Source.Code));
        var (systemC, camis) = (rows[0], rows[1]);
        Assert.Equal(("why not", 1L), (systemC.Pause?.Why, systemC.Waiting));
        Assert.Equal((3, 9.5, 17L, 1L), (camis.Peers, camis.AnswerP95, camis.UnendedBytes, camis.Parked["no-patient"]));
        Assert.Equal(0.2, camis.PerMinute, 3);
        Assert.All(rows.Skip(2), r => Assert.Equal(SourceState.NotConnected, r.State));
        Assert.Equal([SourceState.Silent, SourceState.Silent], later.Take(2).Select(r => r.State));
        Assert.Null(later[0].Peers);
    }

    [Fact]
    public async Task When_a_source_is_or_was_paused_then_its_freshness_says_since_when_at_each_moment()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        var pause = Tuesday.AddHours(-2);
        await RunAsync(room, $"""
            insert into inbox.pause (id, source, since, by, why, ended_at) values
              (gen_random_uuid(), 'systemc', '{Tuesday.AddDays(-2):O}', 'Olive', 'before', '{Tuesday.AddDays(-1):O}'),
              (gen_random_uuid(), 'systemc', '{pause:O}', 'Olive', 'now', null)
            """);

        var now = await OneAsync(portal, Tuesday);
        var then = (await SourceFreshness.ReadThenAsync(portal, Tuesday.AddDays(-1.5), Cancel)).Single(f => f.Source == SourceCodes.SystemC);
        var between = (await SourceFreshness.ReadThenAsync(portal, Tuesday.AddHours(-12), Cancel)).Single(f => f.Source == SourceCodes.SystemC);

        Assert.Equal((pause, Tuesday.AddDays(-2), null), (now.PausedSince, then.PausedSince, between.PausedSince));
        Assert.Null((await OneAsync(portal, Tuesday, SourceCodes.Camis)).PausedSince);
    }

    private static async Task<Freshness> OneAsync(NpgsqlDataSource database, DateTimeOffset now, string source = SourceCodes.SystemC) =>
        (await SourceFreshness.ReadAsync(database, now, Cancel)).Single(f => f.Source == source);

    private static async Task RunAsync(InboxRoom room, string sql)
    {
        await using var owner = await room.OwnerAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

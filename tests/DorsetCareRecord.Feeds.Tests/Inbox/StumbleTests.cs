using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>A message that meets broken machinery each time is not tried for ever, and does not stop the rest.</summary>
public sealed class StumbleTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_one_message_always_times_out_then_it_is_parked_after_bounded_tries_and_its_lane_goes_on()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var lanes = new Lanes(room.Database, time);
        foreach (var body in (string[])["before", "poison", "after"])
            await room.AcceptAsync(body);
        var work = new TimingOutWork("poison");

        var broken = await DrainUntilQuietAsync(lanes, work, time);

        Assert.Equal((0, 2), ((await room.CountAsync()).Waiting, (await room.CountAsync()).Settled));
        var parked = Assert.Single(await room.Desk.ParkedAsync(10, Cancel));
        Assert.Equal((Reasons.MachineryFault, "PostgresException 57014"), (parked.Reason, parked.Shape));
        Assert.Equal(1 + Stumbles.Most, broken);
        Assert.Equal(["before", "after"], work.Applied);
        Assert.Equal(0, await room.AskAsync<long>("select count(*) from inbox.stumble"));
    }

    [Fact]
    public async Task When_a_lane_waits_to_be_tried_again_then_other_lanes_go_on()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var lanes = new Lanes(room.Database, time);
        await room.AcceptAsync("poison", patient: "p1");
        var work = new TimingOutWork("poison");
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<PostgresException>(() => lanes.DrainOneAsync(work, Cancel));
        await room.AcceptAsync("behind it", patient: "p1");
        await room.AcceptAsync("neighbour", patient: "p2");

        while (await lanes.DrainOneAsync(work, Cancel) is { Messages: > 0 })
        {
        }

        Assert.Equal(["neighbour"], work.Applied);
        Assert.Equal(2, (await room.CountAsync()).Waiting);
    }

    [Fact]
    public async Task When_machinery_breaks_and_recovers_then_nothing_is_parked_and_the_order_holds()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var lanes = new Lanes(room.Database, time);
        foreach (var body in (string[])["m1", "m2", "m3"])
            await room.AcceptAsync(body);
        var work = new TimingOutWork("m2") { Times = 2 };

        await DrainUntilQuietAsync(lanes, work, time);

        Assert.Equal(["m1", "m2", "m3"], work.Applied);
        Assert.Equal(0, await room.AskAsync<long>("select count(*) from inbox.stumble"));
    }

    [Fact]
    public async Task When_a_source_is_paused_then_its_messages_are_stored_and_not_applied_until_it_is_resumed()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await RunAsync(room, "insert into inbox.pause (id, source, since, by, why) values (gen_random_uuid(), 'systemc', now(), 'a', 'b')");
        await room.AcceptAsync("paused");
        await room.AcceptAsync("other", source: "camis");
        var work = new RecordingWork();

        await room.DrainAllAsync(work);
        Assert.Equal(["other"], work.Handed);
        Assert.Equal(1, (await room.CountAsync()).Waiting);
        await RunAsync(room, "update inbox.pause set ended_at = now(), ended_by = 'a'");
        await room.DrainAllAsync(work);

        Assert.Equal(["other", "paused"], work.Handed);
    }

    /// <summary>Drains, letting the clock go on whenever nothing may be worked yet; how many attempts were broken.</summary>
    private static async Task<int> DrainUntilQuietAsync(Lanes lanes, ILaneWork work, FakeTimeProvider time)
    {
        var (broken, quiet) = (0, 0);
        while (quiet < 15)
        {
            try
            {
                quiet = (await lanes.DrainOneAsync(work, Cancel)).Messages > 0 ? 0 : quiet + 1;
                if (quiet > 0)
                    time.Advance(TimeSpan.FromMinutes(1));
            }
            catch (PostgresException)
            {
                (broken, quiet) = (broken + 1, 0);
            }
        }

        return broken;
    }

    private static async Task RunAsync(InboxRoom room, string sql)
    {
        await using var owner = await room.OwnerAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Runs into the statement's time whenever the poison is among its messages.</summary>
    private sealed class TimingOutWork(string poison) : ILaneWork
    {
        public int Times { get; init; } = int.MaxValue;

        public List<string> Applied { get; } = [];

        private int _broken;

        public async Task<IReadOnlyList<Settlement>> ApplyAsync(
            NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
        {
            if (messages.Any(m => RecordingWork.Text(m) == poison) && _broken++ < Times)
            {
                await using var command = new NpgsqlCommand("set local statement_timeout = 1; select pg_sleep(10)", connection);
                await command.ExecuteNonQueryAsync(cancellation);
            }

            Applied.AddRange(messages.Select(RecordingWork.Text));
            return [.. messages.Select(_ => new Applied(1, []))];
        }
    }
}

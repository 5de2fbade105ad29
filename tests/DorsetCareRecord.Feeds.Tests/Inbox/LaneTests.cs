using System.Collections.Concurrent;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>Order within a lane, lanes beside each other, and each message in exactly one state.</summary>
public sealed class LaneTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_messages_of_one_patient_wait_then_they_are_worked_in_the_order_of_receipt()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var bodies = Enumerable.Range(0, 250).Select(i => $"m{i}").ToList();
        foreach (var chunk in bodies.Chunk(50))
            await Task.WhenAll(chunk.Select(b => room.AcceptAsync(b)));
        var work = new RecordingWork();

        await Task.WhenAll(room.DrainAllAsync(work), room.DrainAllAsync(work), room.DrainAllAsync(work));
        await room.DrainAllAsync(work);

        Assert.Equal(bodies, work.Handed);
    }

    [Fact]
    public async Task When_one_message_is_poison_then_it_alone_is_parked_and_the_lane_goes_on()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        foreach (var body in (string[])["m1", "m2", "poison", "m3"])
            await room.AcceptAsync(body);
        var work = new RecordingWork(m =>
        {
            if (RecordingWork.Text(m) == "poison")
                throw new InvalidDataException("words of a patient");
        });

        var drained = await room.DrainAllAsync(work);

        Assert.Equal(new Drained(Applied: 3, NoConcern: 0, Duplicates: 0, Parked: 1), drained);
        var parked = Assert.Single(await room.Desk.ParkedAsync(10, Cancellation));
        Assert.Equal((Reasons.ApplyFault, "InvalidDataException", 1), (parked.Reason, parked.Shape, parked.Attempts));
        Assert.Equal(["m1", "m2", "poison", "m3"], work.Handed.TakeLast(4));
    }

    [Fact]
    public async Task When_a_batch_fails_then_nothing_of_it_stays_and_each_message_is_tried_alone()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using (var owner = await room.OwnerAsync())
        await using (var create = new NpgsqlCommand("create table trace (body text primary key); grant all on trace to dcr_worker", owner))
            await create.ExecuteNonQueryAsync(Cancellation);
        await room.AcceptAsync("m1", "1");
        await room.AcceptAsync("m2", "2");

        await room.DrainAllAsync(new TracingWork { FailsInBatches = true });

        Assert.Equal(2, await room.AskAsync<long>("select count(*) from trace"));
        Assert.Equal(2, (await room.CountAsync()).Settled);
    }

    [Fact]
    public async Task When_two_drains_run_then_no_lane_is_worked_by_both_at_once_and_no_message_twice()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => room.AcceptAsync($"m{i}", $"{i}", patient: $"p{i % 20}")));
        var busy = new ConcurrentDictionary<int, int>();
        var clashes = 0;
        var work = new RecordingWork
        {
            Midway = async messages =>
            {
                var lanes = messages.Select(m => Lane.Of(SourceCodes.SystemC,
                    $"p{int.Parse(RecordingWork.Text(m)[1..], System.Globalization.CultureInfo.InvariantCulture) % 20}").Number).Distinct().ToList();
                if (lanes.Exists(lane => busy.AddOrUpdate(lane, 1, (_, n) => n + 1) > 1))
                    Interlocked.Increment(ref clashes);
                await Task.Yield();
                lanes.ForEach(lane => busy.AddOrUpdate(lane, 0, (_, n) => n - 1));
            },
        };

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => room.DrainAllAsync(work)));
        await room.DrainAllAsync(work);

        Assert.Equal(0, clashes);
        Assert.Equal(2000, work.Handed.Distinct().Count());
        Assert.Equal(2000, work.Handed.Count);
        Assert.Equal(2000, (await room.CountAsync()).Settled);
    }

    [Fact]
    public async Task When_a_lane_is_held_then_another_drain_takes_the_next_and_not_the_same()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await room.AcceptAsync("held 1", patient: "p1");
        await room.AcceptAsync("held 2", patient: "p1");
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var slow = new RecordingWork
        {
            Midway = async _ =>
            {
                inside.TrySetResult();
                await leave.Task;
            },
        };
        var quick = new RecordingWork();

        var holding = room.Lanes.DrainOneAsync(slow, Cancellation);
        await await Task.WhenAny(inside.Task, holding);
        await room.AcceptAsync("held 3", patient: "p1");
        await room.AcceptAsync("free", patient: "p2");
        var beside = await room.DrainAllAsync(quick);
        leave.SetResult();

        Assert.Equal(["free"], quick.Handed);
        Assert.Equal(1, beside.Messages);
        Assert.Equal(2, (await holding).Messages);
    }

    [Fact]
    public async Task When_many_patients_have_a_message_each_then_they_are_worked_together_and_each_lane_in_order()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        for (var i = 0; i < 30; i++)
            await room.AcceptAsync($"m{i}", patient: $"p{i % 15}");
        var work = new RecordingWork();

        var first = await room.Lanes.DrainOneAsync(work, Cancellation);

        Assert.Equal(30, first.Applied);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"m{i}"), work.Handed);
    }

    [Fact]
    public async Task When_several_lanes_fail_together_then_only_the_poison_is_parked_and_all_else_is_applied()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        for (var i = 0; i < 30; i++)
            await room.AcceptAsync(i == 11 ? "poison" : $"m{i}", patient: $"p{i % 15}");
        var work = new RecordingWork(m =>
        {
            if (RecordingWork.Text(m) == "poison")
                throw new InvalidDataException("words of a patient");
        });

        var drained = await room.DrainAllAsync(work);

        Assert.Equal(new Drained(Applied: 29, NoConcern: 0, Duplicates: 0, Parked: 1), drained);
    }

    [Fact]
    public async Task When_the_oldest_messages_all_lie_in_one_held_lane_then_the_lanes_behind_are_still_found()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => room.AcceptAsync($"m{i}", patient: "p1")));
        await room.AcceptAsync("behind", patient: "p2");
        await using var connection = await room.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await LaneClaim.TryAsync(connection, Lane.Of(SourceCodes.SystemC, "p1"), Cancellation));
        var work = new RecordingWork();

        await room.DrainAllAsync(work);

        Assert.Equal(["behind"], work.Handed);
    }

    [Fact]
    public async Task When_the_drain_loses_its_connection_then_nothing_is_parked_and_the_messages_wait()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await room.AcceptAsync("m1");
        var broken = new TracingWork { KillsItsConnection = true };

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => room.Lanes.DrainOneAsync(broken, Cancellation));

        Assert.Equal(1, (await room.CountAsync()).Waiting);
        Assert.Equal(1, (await room.DrainAllAsync(new RecordingWork())).Applied);
    }

    [Fact]
    public async Task When_outcomes_differ_then_each_is_recorded_as_what_it_was()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        foreach (var body in (string[])["applied", "none", "parked"])
            await room.AcceptAsync(body);
        var work = new RecordingWork
        {
            Outcome = m => RecordingWork.Text(m) switch
            {
                "applied" => new Applied(7, [new Fault(Reasons.UnmappedCode, "AL1-2", "\0")]),
                "none" => new NoConcern("query"),
                _ => new Parked(new Fault(Reasons.NoPatient, "PID-3")),
            },
        };

        await room.DrainAllAsync(work);

        var counts = await room.CountAsync();
        Assert.Equal((0, 2, 1), (counts.Waiting, counts.Settled, counts.Parked[Reasons.NoPatient]));
        Assert.Equal(
            """applied 7 [{"place": "AL1-2", "shape": "␀", "reason": "unmapped-code"}], no-concern 0 [{"reason": "query"}]""",
            await room.AskAsync<string>("select string_agg(outcome || ' ' || facts || ' ' || remarks, ', ' order by message_id) from inbox.settled"));
    }
}

/// <summary>Writes into a table, and fails as it is told.</summary>
internal sealed class TracingWork : ILaneWork
{
    public bool FailsInBatches { get; init; }

    public bool KillsItsConnection { get; init; }

    public async Task<IReadOnlyList<Settlement>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        if (KillsItsConnection)
            await RunAsync("select pg_terminate_backend(pg_backend_pid())");
        foreach (var message in messages)
            await RunAsync($"insert into public.trace values ('{RecordingWork.Text(message)}')");
        if (FailsInBatches && messages.Count > 1)
            await RunAsync("select 1 / 0");
        return [.. messages.Select(_ => new Applied(1, []))];

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>Acknowledged means committed: what AcceptAsync returned for is there, whatever happens next.</summary>
public sealed class AcceptTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_delivery_is_accepted_then_its_bytes_are_committed_and_it_waits()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        byte[] bytes = [0x0B, 0x00, 0xFF, 0x1C, 0x0D];

        var id = await room.Inbox.AcceptAsync(
            new Delivery { Source = SourceCodes.Camis, Format = Formats.Hl7v2, Body = bytes, ControlId = "1", Peer = "127.0.0.1" }, Cancellation);

        var stored = await room.Desk.RawAsync(id, Cancellation);
        Assert.NotNull(stored);
        Assert.Equal(bytes, stored.Body.ToArray());
        Assert.Equal(1, (await room.CountAsync(SourceCodes.Camis)).Waiting);
    }

    [Fact]
    public async Task When_the_commit_is_not_yet_confirmed_then_nothing_is_accepted()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var owner = await room.OwnerAsync();
        await using var blocker = await owner.BeginTransactionAsync(Cancellation);
        await RunAsync(owner, "lock table inbox.waiting in exclusive mode");

        var accepting = room.AcceptAsync("m1");
        await WriterBlockedAsync(room, accepting);
        var early = accepting.IsCompleted;
        await blocker.RollbackAsync(Cancellation);

        Assert.False(early);
        Assert.True(await accepting > 0);
    }

    [Fact]
    public async Task When_the_connection_is_lost_before_commit_then_it_throws_and_nothing_is_stored()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var owner = await room.OwnerAsync();
        await using var blocker = await owner.BeginTransactionAsync(Cancellation);
        await RunAsync(owner, "lock table inbox.waiting in exclusive mode");

        var accepting = room.AcceptAsync("m1");
        var backend = await WriterBlockedAsync(room, accepting);
        await room.AskAsync<bool>($"select pg_terminate_backend({backend}, 10000)");
        await blocker.RollbackAsync(Cancellation);

        await Assert.ThrowsAsync<InboxUnavailableException>(() => accepting);
        Assert.Equal(0, await room.AskAsync<long>("select count(*) from inbox.message"));
        Assert.True(await room.AcceptAsync("m2") > 0);
    }

    [Fact]
    public async Task When_one_delivery_of_a_batch_is_refused_then_its_neighbours_are_stored()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var owner = await room.OwnerAsync();
        await RunAsync(owner, "alter table inbox.message add constraint bad check (body <> 'bad'::bytea)");
        await using var blocker = await owner.BeginTransactionAsync(Cancellation);
        await RunAsync(owner, "lock table inbox.waiting in exclusive mode");
        var first = room.AcceptAsync("first");
        await WriterBlockedAsync(room, first);

        var together = new[] { "good 1", "bad", "good 2" }.Select(b => room.AcceptAsync(b)).ToList();
        await blocker.RollbackAsync(Cancellation);

        await first;
        Assert.True(await together[0] < await together[2]);
        await Assert.ThrowsAsync<InboxUnavailableException>(() => together[1]);
        Assert.Equal(3, (await room.CountAsync()).Waiting);
    }

    [Fact]
    public async Task When_one_caller_delivers_without_waiting_then_ids_rise_in_its_order()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);

        var ids = await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => room.AcceptAsync($"m{i}")));

        Assert.Equal(ids.Order(), ids);
        var last = await room.Desk.RawAsync(ids[^1], Cancellation);
        Assert.Equal("m1199", Encoding.UTF8.GetString(last!.Body.Span));
        Assert.True(await room.AskAsync<long>("select count(distinct xmin::text::bigint) from inbox.waiting") < 100, "commits are shared");
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\ud800")]
    [InlineData("")]
    public async Task When_a_control_id_cannot_be_stored_as_it_is_then_the_message_is_stored_all_the_same(string controlId)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);

        await room.AcceptAsync("m1", controlId);
        await room.AcceptAsync("m2", new string('x', 100_000) + controlId);

        Assert.Equal(2, (await room.CountAsync()).Waiting);
    }

    [Fact]
    public async Task When_a_message_is_stored_then_other_processes_are_told()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var elsewhere = new WaitingSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var listening = elsewhere.Next;
        var listener = elsewhere.ListenAsync(room.Database, stop.Token);
        await await Task.WhenAny(listening, listener);

        var told = elsewhere.Next;
        await room.AcceptAsync("m1");

        await told.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listener);
    }

    /// <summary>The writer's backend, once it waits for the lock; ends with the delivery's own failure rather than wait for ever.</summary>
    private static async Task<int> WriterBlockedAsync(InboxRoom room, Task accepting)
    {
        const string blocked = """
            select coalesce((select pid from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into inbox.message%'), 0)
            """;
        int pid;
        while ((pid = await room.AskAsync<int>(blocked)) == 0)
        {
            Assert.False(accepting.IsCompletedSuccessfully, "accepted although the table was locked");
            if (accepting.IsFaulted)
                await accepting;
            Cancellation.ThrowIfCancellationRequested();
        }

        return pid;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

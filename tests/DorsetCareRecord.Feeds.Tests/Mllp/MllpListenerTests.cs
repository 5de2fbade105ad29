using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Feeds.Tests.Mllp;

/// <summary>Over real sockets. Law 1: acknowledged means committed.</summary>
public sealed class MllpListenerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task When_the_commit_is_under_way_then_nothing_is_answered_until_it_is_done()
    {
        var store = new RecordingStore { CommitsAtOnce = false };
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();
        using var other = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));
        var handed = await store.NextAsync();
        // The other connection's whole round trip passes meanwhile.
        await other.SendAsync(Sender.Message("2"));
        (await store.NextAsync()).Commit();
        Assert.Equal("AA 2", await other.VerdictAsync());
        var answeredEarly = sender.HasAnswer;
        handed.Commit();

        Assert.False(answeredEarly);
        Assert.Equal("AA 1", await sender.VerdictAsync());
    }

    [Fact]
    public async Task When_the_store_fails_then_the_connection_closes_without_an_answer()
    {
        var store = new RecordingStore { CommitsAtOnce = false };
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));
        (await store.NextAsync()).Fail();

        Assert.Null(await sender.AnswerAsync());
    }

    [Fact]
    public async Task When_the_commit_comes_after_the_deadline_then_the_connection_closes_and_nothing_is_answered_late()
    {
        var time = new FakeTimeProvider();
        var store = new RecordingStore { CommitsAtOnce = false };
        await using var door = Door.Open(store.AcceptAsync, time);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));
        var handed = await store.NextAsync();
        var closing = sender.AnswerAsync();
        for (var i = 0; i < 200_000 && !closing.IsCompleted; i++)
        {
            // The wait for the commit may begin a moment after the hand-over; the clock moves until it has passed.
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.True(closing.IsCompleted);
        handed.Commit();
        Assert.Null(await closing);
    }

    [Fact]
    public async Task When_one_of_several_fails_then_those_before_it_are_answered_and_those_after_are_not()
    {
        var store = new RecordingStore { CommitsAtOnce = false };
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync([.. Sender.Framed(Sender.Message("1")), .. Sender.Framed(Sender.Message("2")), .. Sender.Framed(Sender.Message("3"))]);
        var handed = new[] { await store.NextAsync(), await store.NextAsync(), await store.NextAsync() };
        handed[2].Commit();
        handed[0].Commit();
        Assert.Equal("AA 1", await sender.VerdictAsync());
        handed[1].Fail();

        Assert.Null(await sender.AnswerAsync());
    }

    [Fact]
    public async Task When_a_sender_does_not_wait_then_all_are_stored_and_answered_in_order()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();
        var ids = Enumerable.Range(1, 500).Select(i => $"M{i}").ToList();

        await sender.SendAsync(ids.SelectMany(id => Sender.Framed(Sender.Message(id))).ToArray());
        var answers = new List<string?>();
        foreach (var _ in ids)
            answers.Add(await sender.VerdictAsync());

        Assert.Equal(ids.Select(id => $"AA {id}"), answers);
        Assert.Equal(ids, store.Deliveries.Select(d => d.ControlId));
    }

    [Fact]
    public async Task When_a_message_is_stored_then_its_source_is_the_doors_and_its_lane_the_patients()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { Source = SourceCodes.Camis });
        using var sender = await door.ConnectAsync();
        var message = Sender.Message("1");

        await sender.SendAsync(message);
        await sender.AnswerAsync();

        var delivery = Assert.Single(store.Deliveries);
        Assert.Equal((SourceCodes.Camis, Formats.Hl7v2, "1", "MEDWAY|RBD01"), (delivery.Source, delivery.Format, delivery.ControlId, delivery.ControlScope));
        // RBD is another hospital's namespace at this door.
        Assert.Equal("RBD|D1000001", delivery.Patient);
        Assert.Equal(message, Encoding.UTF8.GetString(delivery.Body.Span));
        Assert.StartsWith("127.0.0.1:", delivery.Peer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PID|||1\r", "no readable MSH segment")]
    [InlineData("MSH|abc|x\r", "encoding characters unreadable")]
    [InlineData("", "no readable MSH segment")]
    public async Task When_the_header_is_unreadable_then_it_is_rejected_and_its_bytes_are_kept(string content, string words)
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(content);
        var answer = await sender.AnswerAsync();

        Assert.Contains($"\rMSA|AR||{words}\r", answer, StringComparison.Ordinal);
        Assert.Equal(content, Encoding.UTF8.GetString(Assert.Single(store.Deliveries).Body.Span));
    }

    [Theory]
    [InlineData("T", false, "AR 1", Formats.Hl7v2Refused)]
    [InlineData("D", false, "AR 1", Formats.Hl7v2Refused)]
    [InlineData("T", true, "AA 1", Formats.Hl7v2)]
    [InlineData("P", false, "AA 1", Formats.Hl7v2)]
    [InlineData("", false, "AA 1", Formats.Hl7v2)]
    public async Task When_a_test_message_comes_then_only_production_rejects_it(
        string processing, bool takesTests, string verdict, string format)
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { TakesTestMessages = takesTests });
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1", processing));

        Assert.Equal(verdict, await sender.VerdictAsync());
        Assert.Equal(format, Assert.Single(store.Deliveries).Format);
    }

    [Fact]
    public async Task When_a_frame_is_too_large_then_it_is_rejected_by_its_id_and_the_connection_goes_on()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { FrameLimit = 100_000 });
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1") + "OBX|1|ED|||" + new string('A', 300_000));
        var verdict = await sender.VerdictAsync();
        await sender.SendAsync(Sender.Message("2"));

        Assert.Equal("AR 1", verdict);
        Assert.Equal("AA 2", await sender.VerdictAsync());
        var refused = store.Deliveries[0];
        Assert.Equal(Formats.Hl7v2Refused, refused.Format);
        Assert.Equal(Reasons.TooLarge, RefusedBody.FaultOf(refused.Body.Span).Reason);
        Assert.InRange(refused.Body.Length, Framing.HeadOfRefused, Framing.HeadOfRefused + 200);
    }

    [Fact]
    public async Task When_a_message_comes_byte_by_byte_then_it_is_one_message()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        foreach (var b in Sender.Framed(Sender.Message("1")))
            await sender.SendAsync([b]);

        Assert.Equal("AA 1", await sender.VerdictAsync());
        Assert.Single(store.Deliveries);
    }

    [Fact]
    public async Task When_the_end_block_has_no_CR_then_silence_ends_the_frame()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Framed(Sender.Message("1"))[..^1]);

        Assert.Equal("AA 1", await sender.VerdictAsync());
    }

    [Fact]
    public async Task When_the_sender_closes_within_a_frame_then_nothing_of_it_is_stored()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync([.. Sender.Framed(Sender.Message("1")), .. Sender.Framed(Sender.Message("2"))[..^10]]);
        sender.CloseSending();

        Assert.Equal("AA 1", await sender.VerdictAsync());
        Assert.Null(await sender.AnswerAsync());
        Assert.Equal("1", Assert.Single(store.Deliveries).ControlId);
    }

    [Fact]
    public async Task When_a_frame_trickles_then_its_sender_is_dropped_and_others_are_served()
    {
        var time = new FakeTimeProvider();
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, time);
        using var slow = await door.ConnectAsync();
        using var other = await door.ConnectAsync();

        await slow.SendAsync("\u000BMSH|"u8.ToArray());
        await other.SendAsync(Sender.Message("1"));
        Assert.Equal("AA 1", await other.VerdictAsync());
        var closing = slow.AnswerAsync();
        for (var i = 0; i < 200_000 && !closing.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        Assert.True(closing.IsCompleted);
        Assert.Null(await closing);
    }

    [Fact]
    public async Task When_connections_are_many_then_the_one_silent_longest_makes_room()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { MostConnections = 2 });
        using var first = await door.ConnectAsync();
        await first.SendAsync(Sender.Message("1"));
        await first.VerdictAsync();
        using var second = await door.ConnectAsync();
        await second.SendAsync(Sender.Message("2"));
        await second.VerdictAsync();

        using var third = await door.ConnectAsync();
        await third.SendAsync(Sender.Message("3"));

        Assert.Equal("AA 3", await third.VerdictAsync());
        Assert.Null(await first.AnswerAsync());
    }

    [Fact]
    public async Task When_many_come_and_deliver_nothing_then_they_make_room_and_not_who_has_delivered()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync, change: s => s with { MostConnections = 3 });
        using var healthy = await door.ConnectAsync();
        await healthy.SendAsync(Sender.Message("1"));
        await healthy.VerdictAsync();

        var slow = new List<Sender>();
        for (var n = 0; n < 9; n++)
        {
            slow.Add(await door.ConnectAsync());
            await slow[^1].SendAsync([0x0B, (byte)'M']);
        }

        await healthy.SendAsync(Sender.Message("2"));
        Assert.Equal("AA 2", await healthy.VerdictAsync());
        Assert.Null(await slow[0].AnswerAsync());
        slow.ForEach(s => s.Dispose());
    }

    /// <summary>A flood once turned out a sender whose first message was being committed.</summary>
    [Fact]
    public async Task When_many_come_while_the_first_message_is_committed_then_its_sender_is_answered()
    {
        var committed = new TaskCompletionSource<long>();
        var arrived = new TaskCompletionSource();
        await using var door = Door.Open(
            (_, _) =>
            {
                arrived.SetResult();
                return committed.Task;
            },
            change: s => s with { MostConnections = 3 });
        using var healthy = await door.ConnectAsync();
        await healthy.SendAsync(Sender.Message("1"));
        await arrived.Task;

        var flood = new List<Sender>();
        for (var n = 0; n < 9; n++)
            flood.Add(await door.ConnectAsync());
        Assert.Null(await flood[0].AnswerAsync());
        committed.SetResult(1);

        Assert.Equal("AA 1", await healthy.VerdictAsync());
        flood.ForEach(s => s.Dispose());
    }

    [Fact]
    public void When_much_goes_wrong_in_a_minute_then_the_log_says_some_of_it_and_counts_the_rest()
    {
        var time = new FakeTimeProvider();
        var log = new FakeLog();
        var grumbles = new Grumbles(SourceCodes.SystemC, time, log);

        var said = Enumerable.Range(0, 1000).Count(_ => grumbles.MayBeSaid());
        time.Advance(TimeSpan.FromMinutes(1));
        var then = grumbles.MayBeSaid();

        Assert.Equal(Grumbles.MostAMinute, said);
        Assert.True(then);
        Assert.Contains(FormattableString.Invariant($"{1000 - Grumbles.MostAMinute} more"), Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_batch_comes_in_one_frame_then_each_message_is_stored_and_one_frame_answers_all()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync("BHS|^~\\&\r" + Sender.Message("1") + Sender.Message("2") + "BTS|2\r");

        Assert.Equal("AA 1|AA 2", await sender.VerdictAsync());
        Assert.Equal(["1", "2"], store.Deliveries.Select(d => d.ControlId));
    }

    [Fact]
    public async Task When_a_batch_is_incomplete_then_it_is_rejected_whole_and_kept()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync("BHS|^~\\&\r" + Sender.Message("1") + "BTS|2\r");

        Assert.Equal("AR ", await sender.VerdictAsync());
        Assert.Equal(new Fault(Reasons.Incomplete, "BTS-1", "2 stated, 1 found"), RefusedBody.FaultOf(Assert.Single(store.Deliveries).Body.Span));
    }

    [Fact]
    public async Task When_the_end_block_was_lost_then_the_stump_is_kept_unanswered_and_the_next_message_is_answered()
    {
        var store = new RecordingStore();
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync([.. Sender.Framed(Sender.Message("1"))[..^2], .. Sender.Framed(Sender.Message("2"))]);

        Assert.Equal("AA 2", await sender.VerdictAsync());
        Assert.Equal([Formats.Hl7v2Refused, Formats.Hl7v2], store.Deliveries.Select(d => d.Format));
    }

    [Fact]
    public async Task When_the_door_stops_then_what_was_received_is_still_answered()
    {
        var store = new RecordingStore { CommitsAtOnce = false };
        await using var door = Door.Open(store.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Sender.Message("1"));
        var handed = await store.NextAsync();
        var stopping = door.StopAsync();
        handed.Commit();

        Assert.Equal("AA 1", await sender.VerdictAsync());
        Assert.Null(await sender.AnswerAsync());
        await stopping;
    }

    [Fact]
    public async Task When_the_real_inbox_stands_behind_the_door_then_an_answer_means_a_committed_row()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var door = Door.Open(room.Inbox.AcceptAsync);
        using var sender = await door.ConnectAsync();

        await sender.SendAsync(Enumerable.Range(1, 50).SelectMany(i => Sender.Framed(Sender.Message($"M{i}"))).ToArray());
        for (var i = 1; i <= 50; i++)
        {
            Assert.Equal($"AA M{i}", await sender.VerdictAsync());
            Assert.True(await room.AskAsync<long>("select count(*) from inbox.message") >= i);
        }

        Assert.Equal(
            string.Join(' ', Enumerable.Range(1, 50).Select(i => $"M{i}")),
            await room.AskAsync<string>("select string_agg(control_id, ' ' order by id) from inbox.message"));
    }
}

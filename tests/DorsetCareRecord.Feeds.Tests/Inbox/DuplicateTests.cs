using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>Any message twice is once; the same control id with another body is another message (R6).</summary>
public sealed class DuplicateTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_a_message_comes_twice_then_the_second_is_a_duplicate_of_the_first(bool drainedBetween)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var work = new RecordingWork();

        var first = await room.AcceptAsync("m1", "1");
        if (drainedBetween)
            await room.DrainAllAsync(work);
        await room.AcceptAsync("m1", "1");
        await room.DrainAllAsync(work);

        Assert.Equal(["m1"], work.Handed);
        Assert.Equal(1, (await room.CountAsync()).Duplicate);
        Assert.Equal(first, await room.AskAsync<long>("select duplicate_of from inbox.settled where outcome = 'duplicate'"));
    }

    [Fact]
    public async Task When_a_control_id_comes_with_another_body_then_it_is_worked_and_remarked()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await room.AcceptAsync("m1", "1");
        await room.AcceptAsync("m2", "1");

        var drained = await room.DrainAllAsync(new RecordingWork());

        Assert.Equal(2, drained.Applied);
        Assert.Equal(
            $$"""[{"reason": "{{Reasons.ControlIdReused}}"}]""",
            await room.AskAsync<string>("select remarks::text from inbox.settled order by message_id desc limit 1"));
    }

    [Fact]
    public async Task When_there_is_no_control_id_then_the_bytes_alone_tell_a_duplicate()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        foreach (var body in (string[])["m1", "m2", "m1"])
            await room.AcceptAsync(body, controlId: "");

        var drained = await room.DrainAllAsync(new RecordingWork());

        Assert.Equal(new Drained(Applied: 2, NoConcern: 0, Duplicates: 1, Parked: 0), drained);
    }

    [Fact]
    public async Task When_another_site_or_source_uses_the_same_control_id_then_nothing_is_a_duplicate_or_reused()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await room.AcceptAsync("m1", "1", scope: "MEDWAY|RBD01");
        await room.AcceptAsync("m1", "1", scope: "MEDWAY|RBD02");
        await room.AcceptAsync("m1", "1", source: SourceCodes.Camis, scope: "MEDWAY|RBD01");

        var drained = await room.DrainAllAsync(new RecordingWork());

        Assert.Equal(3, drained.Applied);
        Assert.Equal(0, await room.AskAsync<long>("select count(remarks) from inbox.settled"));
    }
}

using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Projection.Tests.Applying;

/// <summary>Laws 2 to 4 of the house on a real database.</summary>
public sealed class ApplyTests(PostgresFixture postgres)
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task When_messages_are_applied_one_by_one_or_together_then_every_row_is_the_same(int seed)
    {
        await using var one = await Database.NewAsync(postgres);
        await using var other = await Database.NewAsync(postgres);
        var messages = County.Messages(seed, 120);

        await one.ApplyOneByOneAsync(messages);
        await other.ApplyAsync(messages);

        Assert.Equal(await one.EverythingAsync(), await other.EverythingAsync());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task When_messages_are_delivered_again_then_nothing_changes(int seed)
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(seed, 120);
        await database.ApplyOneByOneAsync(messages);
        var before = await database.EverythingAsync();

        await database.ApplyOneByOneAsync(messages);
        await database.ApplyAsync(messages);

        Assert.Equal(before, await database.EverythingAsync());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task When_messages_come_in_any_order_then_the_record_is_the_same(int seed)
    {
        await using var one = await Database.NewAsync(postgres);
        await using var other = await Database.NewAsync(postgres);
        var messages = County.Messages(seed, 120);
        var shuffled = messages.ToArray();
        new Random(seed).Shuffle(shuffled);

        await one.ApplyOneByOneAsync(messages);
        await other.ApplyOneByOneAsync(shuffled);

        Assert.Equal(await one.ShownAsync(), await other.ShownAsync());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task When_lanes_run_side_by_side_then_the_record_is_the_same(int seed)
    {
        await using var one = await Database.NewAsync(postgres);
        await using var other = await Database.NewAsync(postgres);
        await other.ExpectRingsAsync();
        var messages = County.Messages(seed, 150);

        await one.ApplyOneByOneAsync(messages);
        await Task.WhenAll(messages.GroupBy(m => m.Patients[0].Patient).Select(lane => Task.Run(() => DrainAsync(other, lane.Chunk(5)))));

        Assert.Equal(await one.ShownAsync(), await other.ShownAsync());
    }

    /// <summary>A transaction that met another in a ring is rolled back and tried again, as the lanes do.</summary>
    private static async Task DrainAsync(Database database, IEnumerable<MessageFacts[]> batches)
    {
        foreach (var batch in batches)
        {
            for (var applied = false; !applied;)
            {
                try
                {
                    await database.ApplyAsync(batch);
                    applied = true;
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
                {
                }
            }
        }
    }
}

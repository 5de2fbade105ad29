using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Desk;

/// <summary>What the account of a day says of numbers a sender left out.</summary>
public sealed class ReconciliationTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_sender_counts_and_leaves_numbers_out_then_the_gap_is_named()
    {
        var account = await OfAsync(Enumerable.Range(1001, 80).Where(n => n is < 1040 or > 1042));

        var gap = Assert.Single(account.Gaps!);
        Assert.Equal(("RBD_1039", "RBD_1043", 3L), (gap.After, gap.Before, gap.Missing));
    }

    [Fact]
    public async Task When_one_long_stretch_is_missing_then_it_is_a_gap_however_long() =>
        Assert.Equal(20_000, Assert.Single((await OfAsync([.. Enumerable.Range(1, 60), .. Enumerable.Range(20_061, 60)])).Gaps!).Missing);

    /// <summary>As the synthetic county does: a block of a thousand for each patient, of which it uses a few.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(25)]
    public async Task When_a_sender_gives_each_patient_a_block_of_numbers_then_nothing_is_called_missing(int used) =>
        Assert.Null((await OfAsync(Enumerable.Range(0, 8).SelectMany(patient => Enumerable.Range(patient * 1000, used)))).Gaps);

    [Fact]
    public async Task When_numbers_come_in_no_order_then_nothing_is_said_of_them()
    {
        var numbers = Enumerable.Range(1, 60).ToArray();
        new Random(7).Shuffle(numbers);

        Assert.Null((await OfAsync(numbers)).Gaps);
    }

    private async Task<DayAccount> OfAsync(IEnumerable<int> numbers)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        foreach (var number in numbers)
            await room.AcceptAsync($"m{number}", $"RBD_{number}");
        await using var owner = await room.OwnerAsync();
        await using var moment = new NpgsqlCommand("update inbox.message set received_at = '2026-11-24 12:00Z'; update inbox.waiting set received_at = '2026-11-24 12:00Z'", owner);
        await moment.ExecuteNonQueryAsync(Cancel);

        return Assert.Single(await Reconciliation.OfAsync(portal, new DateOnly(2026, 11, 24), Cancel));
    }
}

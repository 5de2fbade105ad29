using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Injecting;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>A durable PostgreSQL for all faults, and one seed for the run: <c>DCR_FAULT_SEED</c>, else another each time.</summary>
public sealed class FaultRoom : IAsyncLifetime
{
    internal Server Server { get; private set; } = null!;

    internal int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("DCR_FAULT_SEED"), out var seed) ? seed : Random.Shared.Next(1, 1_000_000);

    public async ValueTask InitializeAsync() => Server = await Server.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}

/// <summary>
/// Laws 1 to 5 at the level of processes: real workers, a real durable PostgreSQL, a sender with a journal, and the ledger held afterwards
/// (docs/faults.md). The same faults run large by <c>./dcr faults</c>.
/// </summary>
public sealed class FaultTests(FaultRoom room) : IClassFixture<FaultRoom>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Codes => [.. Fault.All().Select(f => f.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task When_the_world_is_unkind_then_the_ledger_holds(string fault)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        TestContext.Current.TestOutputHelper!.WriteLine($"DCR_FAULT_SEED={room.Seed}");

        var verdict = await Trial.RunAsync(
            room.Server, Fault.All().Single(f => f.Code == fault), Scale.Small, room.Seed, TestContext.Current.TestOutputHelper!.WriteLine, limit.Token);

        Assert.True(verdict.Findings.Count == 0, $"DCR_FAULT_SEED={room.Seed}\n{string.Join('\n', verdict.Findings)}");
        Assert.True(verdict.Acknowledged > 0 && verdict.People > 0, "nothing was sent");
    }
}

using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// One way in which the world is unkind. A trial sends what the fault tells, lets it strike meanwhile, and then holds the ledger: C1, C2, C3,
/// C4 and C7 for every fault, and what the fault itself adds.
/// </summary>
internal abstract class Fault
{
    /// <summary>F01 to F28, as docs/faults.md has them.</summary>
    public abstract string Code { get; }

    public abstract string Name { get; }

    public virtual int Connections => 6;

    public virtual int Workers => 1;

    /// <summary>A trial in which it did nothing proves nothing.</summary>
    public virtual bool MustStrike => false;

    /// <summary>Variables of the worker's environment.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>What the sources tell, each message once, in the order of their own time: the clean run hears just this.</summary>
    public virtual IReadOnlyList<Planned> Tell(Scale scale, int seed) => CountyTraffic.Of(seed, scale.Messages);

    /// <summary>What is sent, in which order and how often.</summary>
    public virtual IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => told;

    /// <summary>Strikes while messages are sent; <paramref name="over"/> is cancelled when all have been.</summary>
    public virtual Task StrikeAsync(Scene scene, int sends, CancellationToken over) => Task.CompletedTask;

    /// <summary>Comes after the sending and before the inbox is drained: what is done with the worker alone.</summary>
    public virtual Task AfterwardsAsync(Scene scene, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What only this fault must prove.</summary>
    public virtual IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => [];

    /// <summary>Messages that may be parked; all others must not be.</summary>
    public virtual bool MayBePoison(InboxRow row) => row.Control?.StartsWith("POISON", StringComparison.Ordinal) == true;

    public static IReadOnlyList<Fault> All() =>
    [
        new WorkerKilled(), new KilledInMidBatch(), new DatabaseCrashed(), new BackendsTerminated(), new NetworkCut(), new FramingCorrupted(),
        new ClocksWrong(), new Poisoned(), new DuplicateStorm(), new Reordered(), new SlowSenders(), new Oversized(), new TwoWorkers(),
        new FallenSilent(), new ReconnectFlood(), new BrokenExtracts(), new Everything(),
    ];
}

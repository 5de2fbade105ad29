using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>One message in twenty is broken, each in another way, of the same patients as its neighbours.</summary>
internal sealed class Poisoned : Fault
{
    public override string Code => "F09";

    public override string Name => "5% poison, each kind broken in another way";

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed)
    {
        var healthy = Tales.Of(Math.Max(2, scale.Messages / 19));
        var poison = Poison.Of(Math.Max(Poison.KindsThereAre, scale.Messages / 20), [.. Enumerable.Range(0, 5).Select(n => $"TALE{n}")]);
        return Disorder.Mix(healthy, poison, new Random(seed));
    }

    /// <summary>A bug in an adapter parks its message too; the reasons tell it from one that was looked through.</summary>
    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) =>
    [
        .. inbox.Where(r => r.ParkedFor is Reasons.AdapterFault or Reasons.ApplyFault)
            .Select(r => new Finding(Code, $"message {r.Id} ({r.Control}) was parked for {r.ParkedFor}")).Take(10),
        .. inbox.Count(r => r.ParkedFor is not null) < Poison.KindsThereAre / 2 ? [new Finding(Code, "hardly anything was parked")] : Array.Empty<Finding>(),
    ];

    public override bool MayBePoison(InboxRow row) => base.MayBePoison(row) || row.Control is null;
}

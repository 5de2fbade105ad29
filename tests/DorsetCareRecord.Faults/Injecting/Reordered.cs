using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>Nothing arrives in the order in which it happened: update before create, cancel before order, merge before admission.</summary>
internal sealed class Reordered : Fault
{
    private const int Day = 400;

    public override string Code => "F11";

    public override string Name => "reorder within a source";

    public override int Connections => 8;

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) =>
        [.. CountyTraffic.Of(seed, scale.Messages / 2), .. Tales.Of(Math.Max(4, scale.Messages / 40))];

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => Disorder.Shuffle(told, Day, dice);
}

using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>A sender with a blind timeout: each message up to fifty times, over eight connections at once, and control ids used twice.</summary>
internal sealed class DuplicateStorm : Fault
{
    private const int Most = 50;

    public override string Code => "F10";

    public override string Name => "duplicate storm, 1 to 50 times over 8 connections";

    public override int Connections => 8;

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed)
    {
        var told = CountyTraffic.Of(seed, scale.IsSmall ? 24 : scale.Messages / 20);
        return [.. told, .. Reused()];
    }

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice)
    {
        var storm = told.SelectMany(m => Enumerable.Repeat(m, dice.Next(1, Most + 1))).ToArray();
        dice.Shuffle(storm);
        return storm;
    }

    /// <summary>Two messages each under one control id: not duplicates.</summary>
    private static IEnumerable<Planned> Reused() => Enumerable.Range(0, 6).Select(n => Said.Results($"REUSED{n / 2}", $"REUSED{n % 3}", n, $"REUSED{n}", 2, n));
}

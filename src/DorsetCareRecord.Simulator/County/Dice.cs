namespace DorsetCareRecord.Simulator.County;

/// <summary>
/// Chance that can be thrown again: the same seed gives the same county on every machine and runtime (SplitMix64, written
/// out because the framework's generator promises no sequence). Each person and topic has dice of its own, so that one
/// life can be told without telling all others first.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    public static Dice For(int seed, string topic, long index = 0)
    {
        var state = 14695981039346656037UL;
        foreach (var c in topic)
            state = (state ^ c) * 1099511628211UL;
        var dice = new Dice(state ^ ((ulong)(uint)seed << 32) ^ ((ulong)index * 0x9E3779B97F4A7C15UL));
        dice.Next();
        return dice;
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>At least 0, below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + (int)(Unit() * (most - least + 1));

    public double Between(double least, double most) => least + Unit() * (most - least);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)(Unit() * from.Count)];

    public T Weighted<T>(IReadOnlyList<T> from, Func<T, double> weight)
    {
        var at = Unit() * from.Sum(weight);
        foreach (var item in from)
        {
            at -= weight(item);
            if (at < 0)
                return item;
        }

        return from[^1];
    }

    /// <summary>Normal distribution (Box and Muller).</summary>
    public double Normal(double mean, double deviation)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return mean + deviation * radius * Math.Cos(2 * Math.PI * Unit());
    }

    /// <summary>Days until the next event of a process with that many events a year.</summary>
    public double DaysUntil(double perYear) => perYear <= 0 ? double.MaxValue : -Math.Log(1 - Unit()) / perYear * 365.25;

    /// <summary>A time on that day, on a whole minute, within the hours given.</summary>
    public DateTime TimeOn(DateOnly day, int fromHour, int untilHour) =>
        day.ToDateTime(default).AddMinutes(Between(fromHour * 60, untilHour * 60 - 1));
}

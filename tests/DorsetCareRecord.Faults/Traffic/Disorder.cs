namespace DorsetCareRecord.Faults.Traffic;

/// <summary>What a network, an integration engine and a nervous operator do to a feed. All of it follows from the dice.</summary>
internal static class Disorder
{
    /// <summary>Sends this share again, somewhere later.</summary>
    public static List<Planned> Repeat(IReadOnlyList<Planned> messages, double share, Random dice)
    {
        var placed = messages.Select((message, i) => (Place: (double)i, message)).ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            if (dice.NextDouble() < share)
                placed.Add((i + dice.NextDouble() * (messages.Count - i), messages[i]));
        }

        return [.. placed.OrderBy(p => p.Place).Select(p => p.message)];
    }

    /// <summary>A random permutation within each source, over stretches of so many messages: about a day of a hospital.</summary>
    public static List<Planned> Shuffle(IReadOnlyList<Planned> messages, int stretch, Random dice)
    {
        var places = messages.Select((m, i) => (m.Source, i)).GroupBy(p => p.Source)
            .ToDictionary(g => g.Key, g => g.Select(p => p.i).ToArray(), StringComparer.Ordinal);
        var shuffled = new Planned[messages.Count];
        foreach (var (_, own) in places.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            foreach (var some in own.Chunk(stretch))
            {
                var there = some.ToArray();
                dice.Shuffle(there);
                for (var i = 0; i < some.Length; i++)
                    shuffled[there[i]] = messages[some[i]];
            }
        }

        return [.. shuffled];
    }

    /// <summary>Puts others in between, at random places.</summary>
    public static List<Planned> Mix(IReadOnlyList<Planned> messages, IEnumerable<Planned> others, Random dice) =>
    [
        .. messages.Select((message, i) => (Place: (double)i, message))
            .Concat(others.Select(other => (Place: dice.NextDouble() * messages.Count, other)))
            .OrderBy(p => p.Place).Select(p => p.Item2),
    ];
}

using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Door;

/// <summary>What the inbound door asks of those who knock. A feed without a key is closed.</summary>
public sealed record DoorSettings
{
    /// <summary>The GP feed's key (<c>DCR_DOOR_KEY_GP</c>).</summary>
    public BearerKey? Gp { get; init; }

    /// <summary>The key of CareCentric's documents at Poole (<c>DCR_DOOR_KEY_CARECENTRIC</c>).</summary>
    public BearerKey? CareCentric { get; init; }

    /// <summary>The key of CareCentric's documents at Bournemouth (<c>DCR_DOOR_KEY_CARECENTRIC_RBCH</c>).</summary>
    public BearerKey? CareCentricBournemouth { get; init; }

    /// <summary>Each council's source and key by the name in the address (<c>DCR_DOOR_KEY_DCC</c>, <c>_BBC</c>, <c>_BOP</c>).</summary>
    public IReadOnlyDictionary<string, (string Source, BearerKey Key)> Councils { get; init; } =
        new Dictionary<string, (string, BearerKey)>();

    /// <summary>Longest body in bytes.</summary>
    public int MostBytes { get; init; } = 50 << 20;

    public static DoorSettings From(Func<string, string?> read) => new()
    {
        Gp = BearerKey.Of(read("DCR_DOOR_KEY_GP")),
        CareCentric = BearerKey.Of(read("DCR_DOOR_KEY_CARECENTRIC")),
        CareCentricBournemouth = BearerKey.Of(read("DCR_DOOR_KEY_CARECENTRIC_RBCH")),
        Councils = Drop.Councils
            .Select(council => (council.Name, council.Source, Key: BearerKey.Of(read($"DCR_DOOR_KEY_{council.Name.ToUpperInvariant()}"))))
            .Where(council => council.Key is not null)
            .ToDictionary(council => council.Name, council => (council.Source, council.Key!), StringComparer.Ordinal),
    };
}

/// <summary>The councils' short names, as in addresses and drop folders.</summary>
public static class Drop
{
    public static IReadOnlyList<(string Name, string Source)> Councils { get; } =
    [
        ("dcc", SourceCodes.SocialCareDorset),
        ("bbc", SourceCodes.SocialCareBournemouth),
        ("bop", SourceCodes.SocialCarePoole),
    ];
}

namespace DorsetCareRecord.Feeds.Files;

/// <summary>Where councils leave their extracts.</summary>
/// <param name="Folder">Holds one folder a council (<c>DCR_DROP</c>).</param>
public sealed record DropSettings(string Folder)
{
    /// <summary>How often the folders are looked at.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an extract that does not match its manifest must lie unchanged before it is taken for broken.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>More than this is moved aside unread.</summary>
    public long MostBytes { get; init; } = 256L << 20;

    public static DropSettings From(Func<string, string?> read) => new(read("DCR_DROP") ?? Path.Combine(".local", "drop"));
}

using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Where a source stands, in the fixed order they are shown.</summary>
public enum Standing
{
    Received = 1,
    Late = 2,
    NotConnected = 3,
    NotShared = 4,
}

/// <summary>One source in the foot of a section.</summary>
/// <param name="Brief">As staff of the county say it.</param>
/// <param name="LastReceived">Null when nothing ever came.</param>
public sealed record SourceStanding(string Name, string Brief, Standing Standing, DateTimeOffset? LastReceived);

/// <summary>The foot of a section: who was heard and when, who is late, who is not connected, who does not share.</summary>
public static class Completeness
{
    /// <param name="lastReceived">For each source we know the last receipt of.</param>
    public static IReadOnlyList<SourceStanding> Of(
        Section section, IReadOnlyDictionary<string, DateTimeOffset?> lastReceived, DateTimeOffset now) =>
    [
        .. Shares.Of(section)
            .Select(share => Standing(share, lastReceived.GetValueOrDefault(share.Source), now))
            .OrderBy(standing => standing.Standing),
    ];

    private static SourceStanding Standing(Share share, DateTimeOffset? last, DateTimeOffset now) => new(share.Name, Shares.Brief(share.Source), (share, last) switch
    {
        ({ IsShared: false }, _) => Showing.Standing.NotShared,
        (_, null) => Showing.Standing.NotConnected,
        var (s, l) when now - l > s.MaySilent => Showing.Standing.Late,
        _ => Showing.Standing.Received,
    }, last);
}

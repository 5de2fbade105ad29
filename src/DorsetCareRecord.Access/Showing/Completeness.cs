using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Where a source stands, in the fixed order they are shown.</summary>
public enum Standing
{
    Received = 1,

    /// <summary>Silent for longer than is usual at this hour.</summary>
    Late = 2,

    /// <summary>Silent for so long that what it knows of today is not here (hazard H04).</summary>
    Silent = 3,

    /// <summary>An operator has stopped its messages: they are kept, and nothing shown is newer than that.</summary>
    Paused = 4,
    NotConnected = 5,
    NotShared = 6,
}

/// <summary>What is known of a source's feed at this moment.</summary>
/// <param name="LastReceived">When what can be shown was last received; null when nothing ever came.</param>
/// <param name="Standing">Received, late, silent, paused or not connected.</param>
/// <param name="IsOvernight">It sends once a night, so even on time it is as of last night.</param>
/// <param name="HasTheWord">False for a source that shall take another's place and does not speak for its hospital yet.</param>
public sealed record Heard(DateTimeOffset? LastReceived, Standing Standing, bool IsOvernight = false, bool HasTheWord = true);

/// <summary>One source in the foot of a section.</summary>
/// <param name="Brief">As staff of the county say it.</param>
/// <param name="LastReceived">Null when nothing ever came.</param>
public sealed record SourceStanding(
    string Name, string Brief, Standing Standing, DateTimeOffset? LastReceived, bool IsOvernight = false);

/// <summary>The foot of a section: who was heard and when, who is late or silent, who is not connected, who does not share.</summary>
public static class Completeness
{
    /// <param name="heard">Each source we know of; one that is missing counts as not connected.</param>
    /// <param name="notAgreed">Feeds whose organisations share none of the section with the viewer's.</param>
    /// <param name="sent">Feeds of which something stands in the section: whatever was agreed, they share it.</param>
    public static IReadOnlyList<SourceStanding> Of(
        Section section, IReadOnlyDictionary<string, Heard> heard, IReadOnlyList<string>? notAgreed = null, IEnumerable<string>? sent = null) =>
    [
        .. Shares.Of(section)
            .Where(share => Speaks(share.Source, heard))
            .Select(share => sent?.Contains(share.Source) == true ? share with { IsShared = true } : share)
            .Select(share => notAgreed?.Contains(share.Source) == true ? share with { IsShared = false } : share)
            .Select(share => Standing(share, heard.GetValueOrDefault(share.Source)))
            .OrderBy(standing => standing.Standing),
    ];

    /// <summary>
    /// What no record can have of today, worst first. A source that gave its place away is not among them: its silence is as it should be,
    /// and a warning that is always there hides the next one.
    /// </summary>
    public static IReadOnlyList<(Source Source, Heard? Heard)> Missing(IReadOnlyDictionary<string, Heard> heard) =>
    [
        .. Dorset.Sources.Where(source => Speaks(source.Code, heard))
            .Select(source => (Source: source, Heard: heard.GetValueOrDefault(source.Code)))
            .Where(one => one.Heard?.Standing is not Showing.Standing.Received)
            .OrderBy(one => one.Heard?.Standing switch
            {
                Showing.Standing.Silent or Showing.Standing.Paused => 0,
                Showing.Standing.Late => 1,
                _ => 2,
            }),
    ];

    /// <summary>
    /// Of a source and the one that takes its place one is named: the new one once it has the word, and until then, or when it is not for
    /// this viewer, the old one. What the old one sent is shown all the same; that it sends no more is no news.
    /// </summary>
    private static bool Speaks(string source, IReadOnlyDictionary<string, Heard> heard)
    {
        var plan = CutoverPlan.Bournemouth;
        var hasNewTheWord = heard.GetValueOrDefault(plan.NewSource)?.HasTheWord == true;
        return source == plan.NewSource ? hasNewTheWord : source != plan.OldSource || !hasNewTheWord;
    }

    private static SourceStanding Standing(Share share, Heard? heard) => new(
        share.Name, Shares.Brief(share.Source),
        share.IsShared ? heard?.Standing ?? Showing.Standing.NotConnected : Showing.Standing.NotShared,
        heard?.LastReceived, heard?.IsOvernight ?? false);
}

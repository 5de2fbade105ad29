using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// One problem that several sources list alike, shown once with all of them beside it. Active and past ones are never joined: that
/// one source has ended what another has not is for the reader to see.
/// </summary>
/// <param name="Lead">The statement with the earliest onset; of those that give none, the newest.</param>
/// <param name="Entries">Every statement, the lead first.</param>
public sealed record ProblemGroup(Entry<Problem> Lead, IReadOnlyList<Entry<Problem>> Entries)
{
    /// <summary>
    /// The days on which it was said to begin or was written down, the first and the last: where nobody gives an onset, a diagnosis made twice may be
    /// two events (a fall, and another), and the later day alone would hide the first.
    /// </summary>
    public (ClinicalDate? First, ClinicalDate? Last) Days
    {
        get
        {
            if (Lead.Item.OnsetOn is { } onset)
                return (onset, null);
            var days = Entries.Select(entry => entry.Item.RecordedOn).OfType<ClinicalDate>().OrderBy(day => day.AsInstant()).ToList();
            return days.Count == 0 ? (null, null) : (days[0], Dates.Day(days[^1]) == Dates.Day(days[0]) ? null : days[^1]);
        }
    }

    /// <summary>In the order of the first of each.</summary>
    public static IReadOnlyList<ProblemGroup> Of(IEnumerable<Entry<Problem>> entries) =>
    [
        .. Likeness.Group(entries, entry => entry.Item.Coding, entry => Likeness.Words(entry.Item.Text))
            .Select(group => group.OrderBy(entry => entry.Item.OnsetOn is null)
                .ThenBy(entry => entry.Item.OnsetOn?.AsInstant() ?? DateTimeOffset.MaxValue).ThenByDescending(entry => entry.StatedAt).ToList())
            .Select(group => new ProblemGroup(group[0], group)),
    ];
}

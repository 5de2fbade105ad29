using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// What came by two ways is shown once, with whoever else reported it: a laboratory's result sent directly and again by a source that
/// passes on what others wrote, a document that is the same byte for byte. Both stay in the record; this looks only at what a person's
/// sources say now, so it is the same in whatever order they said it.
/// </summary>
internal static class ShownOnce
{
    private const string FromOrder = "placer|";
    private const string FromTime = "taken|";
    private const string FromMessage = "message|";

    public static RecordView Apply(RecordView view)
    {
        var answered = WithoutAnsweredRequests(view.Reports.Entries);
        var (reports, doubles) = Reports(answered);
        return view with
        {
            Reports = With(view.Reports, reports),
            Results = With(view.Results, Results(view.Results.Entries, doubles)),
            Letters = With(view.Letters, Letters(view.Letters.Entries)),
        };
    }

    /// <summary>
    /// An order is of no account once a report of the same source bears its number: for the same test, or for whatever it became when the
    /// order was for one thing only.
    /// </summary>
    private static List<Entry<Report>> WithoutAnsweredRequests(IReadOnlyList<Entry<Report>> reports)
    {
        var numbered = reports.Where(r => r.Item.OrderNumber is not null).ToLookup(r => (r.Source, r.Item.OrderNumber));
        return [.. reports.Where(r => r.Item is not { IsRequest: true, OrderNumber: not null } || !IsAnswered(r))];

        bool IsAnswered(Entry<Report> request)
        {
            var same = numbered[(request.Source, request.Item.OrderNumber)].ToList();
            var answers = same.Where(r => r.Item.IsRequest != true).ToList();
            return answers.Count > 0
                && (same.Count - answers.Count == 1 || answers.Exists(a => a.Item.Coding?.Code == request.Item.Coding?.Code && a.Item.Title == request.Item.Title));
        }
    }

    /// <summary>
    /// Reports of different sources under one filler's number, of one laboratory, taken on one day. The one reported last is shown;
    /// between equals that of the source that speaks for itself.
    /// </summary>
    private static (List<Entry<Report>> Shown, HashSet<(string Source, string Key)> Doubles) Reports(List<Entry<Report>> reports)
    {
        var shown = Kept(reports, r => HasFillersNumber(r.Key) ? Parts(r.Key).Number : null, IsTheSame,
            group => group.OrderByDescending(r => r.Item.ReportedAt).ThenBy(r => r.Item.Organisation is not null).ThenByDescending(r => r.StatedAt).ThenBy(r => r.Id));
        var ids = shown.Select(r => r.Id).ToHashSet();
        return (shown, [.. reports.Where(r => !ids.Contains(r.Id)).Select(r => (r.Source, r.Key))]);
    }

    /// <summary>The same content, kind and day (R28).</summary>
    private static List<Entry<Letter>> Letters(IReadOnlyList<Entry<Letter>> letters) => Kept(
        letters, l => l.Item.ContentHash, (one, other) => one.Item.Kind == other.Item.Kind && one.Item.WrittenAt?.DayInLondon == other.Item.WrittenAt?.DayInLondon,
        group => group.OrderBy(l => l.Item.Organisation is not null).ThenByDescending(l => l.StatedAt).ThenBy(l => l.Id));

    /// <summary>Of those that are the same the first in order; each in its old place. Nothing is left out but for one that is shown.</summary>
    private static List<Entry<TItem>> Kept<TItem>(
        IReadOnlyList<Entry<TItem>> all, Func<Entry<TItem>, string?> keyOf, Func<Entry<TItem>, Entry<TItem>, bool> isTheSame,
        Func<IEnumerable<Entry<TItem>>, IEnumerable<Entry<TItem>>> inOrder)
        where TItem : Item
    {
        var kept = all.ToDictionary(e => e.Id);
        foreach (var group in all.Where(e => keyOf(e) is not null).GroupBy(keyOf).Where(g => g.Skip(1).Any()))
        {
            var shown = new List<Entry<TItem>>();
            foreach (var entry in inOrder(group))
            {
                if (shown.FindIndex(s => isTheSame(s, entry)) is var place and >= 0)
                {
                    kept.Remove(entry.Id);
                    kept[shown[place].Id] = shown[place] = shown[place].With(entry.Source);
                }
                else
                {
                    shown.Add(entry);
                }
            }
        }

        return [.. all.Where(e => kept.ContainsKey(e.Id)).Select(e => kept[e.Id])];
    }

    private static List<Entry<Result>> Results(IReadOnlyList<Entry<Result>> results, HashSet<(string Source, string Key)> doubles) =>
        doubles.Count == 0 ? [.. results]
        : [.. results.Where(r => r.Item.ReportKey is not { } report || !doubles.Contains((r.Source, report)))];

    private static bool HasFillersNumber(string key) =>
        !key.StartsWith(FromOrder, StringComparison.Ordinal) && !key.StartsWith(FromTime, StringComparison.Ordinal)
        && !key.StartsWith(FromMessage, StringComparison.Ordinal);

    /// <summary>What one of the two does not say does not tell them apart: an engine on the way may drop the number's namespace.</summary>
    private static bool IsTheSame(Entry<Report> one, Entry<Report> other) =>
        one.Source != other.Source && one.Item.IsRequest == other.Item.IsRequest
        && (Parts(one.Key).Namespace is var mine && Parts(other.Key).Namespace is var its && (mine == its || mine.Length == 0 || its.Length == 0))
        && (one.Item.Laboratory is not { } here || other.Item.Laboratory is not { } there || string.Equals(here, there, StringComparison.OrdinalIgnoreCase))
        && (one.Item.TakenAt is not { } then || other.Item.TakenAt is not { } when || then.DayInLondon == when.DayInLondon);

    /// <summary>A report's key as the HL7 v2 sources have it: the number's namespace, the number, what was asked for.</summary>
    private static (string Namespace, string Number) Parts(string key) =>
        key.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0 ? (key[..bar], key[(bar + 1)..]) : ("", key);

    private static SectionView<TItem> With<TItem>(SectionView<TItem> section, List<Entry<TItem>> entries)
        where TItem : Item =>
        section with { Entries = entries, Total = section.Total - (section.Entries.Count - entries.Count) };
}

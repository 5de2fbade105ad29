using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>By what a list of letters is put together.</summary>
public enum LetterGrouping
{
    /// <summary>Discharge letters first.</summary>
    Type = 0,
    Service = 1,
    Date = 2,
    Organisation = 3,
}

/// <summary>How far back a list of letters goes; by itself it goes all the way (hazard H21).</summary>
public enum LetterPeriod
{
    All = 0,
    Hours72 = 1,
    Days14 = 2,
    Months3 = 3,
}

/// <summary>A letter in its list.</summary>
/// <param name="IsUnread">By this viewer, in this content.</param>
/// <param name="ReplacedBy">The newer letter that replaces it, when its source has said so.</param>
public sealed record ListedLetter(Entry<Letter> Entry, bool IsUnread, Guid? ReplacedBy)
{
    /// <summary>A newer one stands in its place, by the source's state or by the newer letter's own word.</summary>
    public bool IsSuperseded => ReplacedBy is not null || Entry.Item.Status == LetterStatus.Superseded;

    /// <summary>When it was written, else when its source spoke of it.</summary>
    public DateTimeOffset At => Entry.Item.WrittenAt?.AsInstant() ?? Entry.StatedAt;
}

public sealed record LetterGroup(string Heading, IReadOnlyList<ListedLetter> Letters);

/// <summary>A list of letters, grouped and cut; how many there are stays said beside how many are shown.</summary>
/// <param name="Shown">In all groups together.</param>
/// <param name="OfAll">For this viewer, before period and words cut.</param>
public sealed record LetterList(IReadOnlyList<LetterGroup> Groups, int Shown, int OfAll, int Unread)
{
    /// <param name="words">Each must occur in what the list says of a letter; case and order do not matter.</param>
    public static LetterList Of(SectionView<Letter> section, IReadOnlySet<Guid> read, LetterGrouping grouping, LetterPeriod period,
        string? words, DateTimeOffset now)
    {
        var replaced = section.Entries.Where(letter => letter.Item.Replaces is not null && letter.Item.Status != LetterStatus.Cancelled)
            .GroupBy(letter => (letter.Source, letter.Item.Replaces!))
            .ToDictionary(newer => newer.Key, newer => newer.MaxBy(letter => letter.StatedAt)!.Id);
        var all = section.Entries
            .Select(letter => new ListedLetter(letter, !read.Contains(letter.Id), Newer(letter, replaced)))
            .OrderByDescending(letter => letter.At).ThenBy(letter => letter.Entry.Id)
            .ToList();
        var since = Since(period, now);
        var wanted = (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shown = all.Where(letter => letter.At >= since && Array.TrueForAll(wanted, word => Says(letter).Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return new LetterList(Grouped(shown, grouping), shown.Count, all.Count, all.Count(letter => letter.IsUnread));
    }

    /// <summary>All that the list says of a letter, and so what its filter looks at.</summary>
    public static string Says(ListedLetter letter) => string.Join(' ', new[]
    {
        letter.Entry.Item.Title, Dates.Day(letter.At), Shares.Name(letter.Entry.Source), letter.Entry.Item.Department, letter.Entry.Item.Author,
        KindHeading(letter.Entry.Item.Kind),
    }.Where(part => part is not null));

    public static string KindHeading(LetterKind kind) => kind switch
    {
        LetterKind.Discharge => "Discharge letters",
        LetterKind.Clinic => "Clinic letters",
        LetterKind.Emergency => "Emergency and urgent care",
        LetterKind.Assessment => "Assessments",
        LetterKind.Other => "Other letters",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Guid? Newer(Entry<Letter> letter, Dictionary<(string, string), Guid> replaced) =>
        replaced.TryGetValue((letter.Source, letter.Key), out var newer) && newer != letter.Id ? newer : null;

    private static DateTimeOffset Since(LetterPeriod period, DateTimeOffset now) => period switch
    {
        LetterPeriod.Hours72 => now.AddHours(-72),
        LetterPeriod.Days14 => now.AddDays(-14),
        LetterPeriod.Months3 => now.AddMonths(-3),
        _ => DateTimeOffset.MinValue,
    };

    private static IReadOnlyList<LetterGroup> Grouped(List<ListedLetter> letters, LetterGrouping grouping) => grouping switch
    {
        LetterGrouping.Type => [.. letters.GroupBy(letter => letter.Entry.Item.Kind).OrderBy(group => group.Key).Select(group => new LetterGroup(KindHeading(group.Key), [.. group]))],
        LetterGrouping.Service => ByName(letters, letter => letter.Entry.Item.Department ?? "Service not stated"),
        LetterGrouping.Organisation => ByName(letters, letter => Shares.Name(letter.Entry.Source)),
        _ => [.. letters.GroupBy(letter => Dates.Month(letter.At)).Select(group => new LetterGroup(group.Key, [.. group]))],
    };

    private static IReadOnlyList<LetterGroup> ByName(List<ListedLetter> letters, Func<ListedLetter, string> name) =>
    [
        .. letters.GroupBy(name, StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new LetterGroup(group.Key, [.. group])),
    ];
}

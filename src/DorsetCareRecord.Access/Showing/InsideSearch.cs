using System.Globalization;
using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>An item in which all the words were found.</summary>
/// <param name="Where">In which of its details, or in the words of its letter or report.</param>
/// <param name="Before">What stands before the first hit.</param>
public sealed record Hit(AnyEntry Entry, string Where, string Before, string Match, string After);

/// <summary>
/// Looks for words in everything a view holds and in the texts of its letters and reports. What is withheld is not in the view,
/// so it is neither found nor counted. Capitals and accents do not matter; every word must occur somewhere in the item.
/// </summary>
/// <param name="Hits">In order of sections, newest first in each.</param>
/// <param name="Looked">How many items were looked into.</param>
/// <param name="Texts">How many of those had the words of a letter or report with them.</param>
/// <param name="Unreadable">Letters whose file holds no words that could be looked into.</param>
public sealed record InsideSearch(IReadOnlyList<Hit> Hits, int Looked, int Texts, int Unreadable)
{
    private const int Around = 70;

    /// <param name="texts">Words of letters and reports by entry; null for a letter whose file has none that can be read.</param>
    public static InsideSearch For(RecordView view, IReadOnlyDictionary<Guid, string?> texts, string words)
    {
        var wanted = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var items = EverythingIn.Of(view).Where(entry => entry.Section != Section.Demographics && entry.Item is not Notice).ToList();
        var hits = wanted.Length == 0 ? [] : items
            .Select(entry => In(entry, texts.GetValueOrDefault(entry.Id), wanted))
            .Where(hit => hit is not null)
            .OrderBy(hit => hit!.Entry.Section).ThenByDescending(hit => Timeline.When(hit!.Entry.Item)?.AsInstant() ?? hit!.Entry.StatedAt)
            .Select(hit => hit!).ToList();
        return new InsideSearch(hits, items.Count, items.Count(entry => texts.GetValueOrDefault(entry.Id) is not null),
            texts.Count(text => text.Value is null));
    }

    private static Hit? In(AnyEntry entry, string? text, string[] wanted)
    {
        var places = ItemWords.Of(entry.Item).Where(detail => detail.What is not ("File" or "Content type" or "Content length")).Append(
            new ItemDetail(entry.Item is Letter ? "In the letter" : "In the report", text ?? "")).ToList();
        if (!Array.TrueForAll(wanted, word => places.Exists(place => Find(place.Says, word).Index >= 0)))
            return null;
        var best = places.MaxBy(place => wanted.Count(word => Find(place.Says, word).Index >= 0))!;
        var (index, length) = wanted.Select(word => Find(best.Says, word)).Where(found => found.Index >= 0).MinBy(found => found.Index);
        var (from, to) = (Math.Max(0, index - Around), Math.Min(best.Says.Length, index + length + Around));
        return new Hit(entry, best.What, (from > 0 ? "…" : "") + Flat(best.Says[from..index]), best.Says.Substring(index, length),
            Flat(best.Says[(index + length)..to]) + (to < best.Says.Length ? "…" : ""));
    }

    private static (int Index, int Length) Find(string says, string word)
    {
        var index = CultureInfo.InvariantCulture.CompareInfo.IndexOf(says.AsSpan(), word.AsSpan(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace, out var length);
        return (index, length);
    }

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ", RegexOptions.None, TimeSpan.FromMilliseconds(200));
}

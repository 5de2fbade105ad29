using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Where the sources differ about who somebody is. Case, spacing and punctuation are no difference; nor is a source that
/// says nothing, a shorter list of forenames, or a less precise date of the same day.
/// </summary>
internal static class PersonDifferences
{
    private const string AddressName = "Address";

    internal static bool IsWhereabouts(Difference difference) => difference.What == AddressName;

    internal static IReadOnlyList<Difference> Of(IReadOnlyList<Entry<Demographics>> entries) =>
    [
        .. Find(entries, "Family name", d => d.FamilyName, Same),
        .. Find(entries, "Given names", d => d.GivenNames, SameBeginning),
        .. Find(entries, "Date of birth", d => d.BornOn is { } date ? Showing.Dates.Day(date) : null, SameDay),
        .. Find(entries, "Gender", d => d.Gender, Same),
        .. Find(entries, "NHS No.", d => NhsNumber.TryParse(d.NhsNumber, out var number) ? number.Value.ForDisplay() : null, Same),
        .. Find(entries, "Date of death", d => d.DiedOn is { } date ? Showing.Dates.Day(date) : null, SameDay),
        .. Find(entries, AddressName, d => d.Postcode, Same),
    ];

    private static IEnumerable<Difference> Find(
        IReadOnlyList<Entry<Demographics>> entries, string what, Func<Demographics, string?> detail, Func<string, string, bool> same)
    {
        var said = entries
            .Select(entry => (entry, Value: detail(entry.Item)))
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .Select(pair => new Said(pair.entry.Source, pair.Value!, pair.entry.StatedAt))
            .ToList();
        if (said.Exists(other => !same(said[0].Value, other.Value)))
            yield return new Difference(what, said);
    }

    private static bool Same(string one, string other) => Bare(one) == Bare(other);

    /// <summary>A year or a month is the end of the day's own text.</summary>
    private static bool SameDay(string one, string other) =>
        one.EndsWith(other, StringComparison.Ordinal) || other.EndsWith(one, StringComparison.Ordinal);

    private static bool SameBeginning(string one, string other)
    {
        var (a, b) = (Words(one), Words(other));
        return a.Zip(b).All(pair => pair.First == pair.Second);
    }

    private static string[] Words(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Bare)];

    private static string Bare(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}

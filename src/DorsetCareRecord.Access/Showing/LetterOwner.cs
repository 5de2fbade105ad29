using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Whose a letter says it is, against whose record it stands in.</summary>
public enum LetterOwner
{
    /// <summary>It holds nothing to compare: the reader must look at the name.</summary>
    NothingToCompare = 0,

    /// <summary>The person's NHS number stands in it.</summary>
    SameNhsNumber = 1,

    /// <summary>It holds an NHS number, and not this person's.</summary>
    OtherNhsNumber = 2,

    /// <summary>Its bytes are not those its source's message had.</summary>
    AlteredFile = 3,
}

/// <summary>
/// Hazard H20, a letter of another person or another version: its words are searched for NHS numbers (ten digits with
/// their check digit, NHS Data Dictionary), which hardly any other ten digits are.
/// </summary>
public static partial class LetterOwners
{
    public static LetterOwner Of(string? words, NhsNumber? person)
    {
        if (words is null || person is null)
            return LetterOwner.NothingToCompare;
        var found = TenDigits().Matches(words).Select(match => NhsNumber.TryParse(match.Value, out var number) ? number : null)
            .Where(number => number is not null).Distinct().ToList();
        return found.Count == 0 ? LetterOwner.NothingToCompare
            : found.Contains(person) ? LetterOwner.SameNhsNumber
            : LetterOwner.OtherNhsNumber;
    }

    // A telephone number begins with 0, which an NHS number may not do since 1996; longer runs of digits are something else.
    [GeneratedRegex(@"(?<![\d+])[1-9]\d{2}[ \u00A0-]?\d{3}[ \u00A0-]?\d{4}(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex TenDigits();
}

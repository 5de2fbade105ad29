using System.Globalization;
using System.Text.RegularExpressions;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What somebody typed into the one search box, understood or not.</summary>
public abstract partial record Sought
{
    public sealed record ByNhsNumber(NhsNumber Number) : Sought;

    /// <summary>Surname as typed; the day is exact.</summary>
    public sealed record BySurnameAndBirth(string Surname, DateOnly Born) : Sought;

    /// <summary>Nothing was searched; <paramref name="Advice"/> says what to do, to the person who typed.</summary>
    public sealed record Misread(string Advice) : Sought;

    /// <summary>
    /// An NHS number in any spacing, or a surname with a date of birth in either order and in the forms people write:
    /// 14/3/1938, 14 3 1938, 14.3.38, 14-Mar-1938, 14 March 1938, 14031938, 1938-03-14.
    /// </summary>
    /// <param name="today">Two-digit years are read as the last hundred years before it.</param>
    public static Sought Read(string? words, DateOnly today)
    {
        var text = Spaces().Replace(words ?? "", " ").Trim();
        if (text.Length == 0)
            return new Misread("Enter an NHS number, or a surname and date of birth");
        if (text.Length > 100)
            return new Misread("Enter only an NHS number, or a surname and date of birth");
        if (NhsNumber.TryParse(text, out var number))
            return new ByNhsNumber(number.Value);
        if (!text.Any(char.IsLetter))
            return NeitherNumberNorName(text);

        var match = DateWords().Match(text);
        if (!match.Success)
            return new Misread("Add the date of birth after the surname, for example hallett 14 3 1938");
        var surname = text.Remove(match.Index, match.Length).Trim(' ', ',', ';');
        if (surname.Length == 0)
            return new Misread("Add the surname before the date of birth, for example hallett 14 3 1938");
        return Day(match, today, out var born) is { } fault ? new Misread(fault) : new BySurnameAndBirth(surname, born);
    }

    private static Misread NeitherNumberNorName(string text)
    {
        var digits = text.Count(char.IsAsciiDigit);
        if (DateWords().Match(text) is { Success: true } date && date.Length == text.Length && digits <= 8)
            return new Misread("Add the surname before the date of birth, for example hallett 14 3 1938");
        return digits == 10
            ? new Misread("This NHS number cannot be right: check the digits, or search by surname and date of birth")
            : new Misread(string.Create(CultureInfo.InvariantCulture,
                $"An NHS number has 10 digits; this has {digits}. Check it, or search by surname and date of birth"));
    }

    private static string? Day(Match match, DateOnly today, out DateOnly born)
    {
        born = default;
        var year = int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["y"].Length == 2)
            year += year + 2000 > today.Year ? 1900 : 2000;
        var month = match.Groups["mmm"].Success
            ? Array.FindIndex(Months, name => match.Groups["mmm"].Value.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1
            : int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        if (month is < 1 or > 12)
            return "The month of the date of birth must be 1 to 12: day first, then month, then year";
        if (year < 1850 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return $"There is no such day in {new DateOnly(Math.Max(year, 1), month, 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}: check the date of birth";
        born = new DateOnly(year, month, day);
        return born > today ? "The date of birth must be in the past" : null;
    }

    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    // Year first, eight digits together, month in letters, month in figures; never inside a longer run of digits.
    [GeneratedRegex("""
        (?<!\d)(?:
            (?<y>\d{4})[-/.\x20](?<m>\d{1,2})[-/.\x20](?<d>\d{1,2})
          | (?<d>\d{2})(?<m>\d{2})(?<y>\d{4})
          | (?<d>\d{1,2})(?:st|nd|rd|th)?[-/.\x20]?(?<mmm>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/.,\x20]*(?<y>\d{4}|\d{2})
          | (?<d>\d{1,2})[-/.\x20](?<m>\d{1,2})[-/.\x20](?<y>\d{4}|\d{2})
        )(?!\d)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex DateWords();

    [GeneratedRegex(@"[\s\u00A0]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Spaces();
}

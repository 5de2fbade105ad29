using System.Globalization;

namespace DorsetCareRecord.Access.Showing;

/// <summary>A person's name by NHS CUI PAB-0049 to 0053: <c>FAMILY, Given (Title)</c>, without a label.</summary>
public static class PersonName
{
    public const string NotKnown = "Not Known";
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static string Of(string? family, string? given, string? title)
    {
        var familyPart = string.IsNullOrWhiteSpace(family) ? NotKnown : family.Trim().ToUpperInvariant();
        var givenPart = string.IsNullOrWhiteSpace(given) ? "" : $", {Proper(given.Trim())}";
        var titlePart = string.IsNullOrWhiteSpace(title) ? "" : $" ({Proper(title.Trim())})";
        return familyPart + givenPart + titlePart;
    }

    /// <summary>Systems that know capitals only send them for every part; the family name alone is to stand out. Initials stay.</summary>
    private static string Proper(string part) => part.Length > 1 && part.Any(char.IsLetter) && !part.Any(char.IsLower)
        ? string.Join(' ', part.Split(' ').Select(word => word.Length == 1 ? word : British.TextInfo.ToTitleCase(word.ToLower(British))))
        : part;
}

using System.Globalization;

namespace DorsetCareRecord.Feeds.Sources;

/// <summary>A spoken language in words, where a source sends a BCP 47 or ISO 639 code alone.</summary>
internal static class Language
{
    public static string? Of(string? text)
    {
        if (Words.Of(text) is not { Length: 2 or 3 } code || !code.All(char.IsAsciiLetter))
            return Words.Of(text);
        try
        {
            return CultureInfo.GetCultureInfo(code.ToLowerInvariant(), predefinedOnly: true).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}

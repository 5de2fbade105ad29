namespace DorsetCareRecord.Feeds.Sources;

/// <summary>A UK postcode in its written form: upper case, one space before the last three characters (CUI ADR-0007).</summary>
internal static class Postcode
{
    public static string? Of(string? text)
    {
        if (Words.Of(text) is not { } words)
            return null;

        var packed = string.Concat(words.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return packed.Length is >= 5 and <= 7 && packed.All(char.IsAsciiLetterOrDigit) ? $"{packed[..^3]} {packed[^3..]}" : words.ToUpperInvariant();
    }
}

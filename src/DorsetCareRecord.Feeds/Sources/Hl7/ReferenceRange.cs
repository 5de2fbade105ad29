using System.Globalization;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>OBX-7 as sent, and its limits when it is of a form that leaves no doubt: <c>49 - 92</c>, <c>&lt;15</c>, <c>3.5 to 5.3</c>.</summary>
internal readonly record struct ReferenceRange(string? Text, decimal? Low, decimal? High)
{
    public static ReferenceRange Of(string? text)
    {
        // Senders print empty brackets where they have no range.
        if (text is null || !text.Any(char.IsAsciiLetterOrDigit))
            return default;
        var bare = text.AsSpan().Trim().Trim("[]()").Trim();
        if (bare.Length > 0 && bare[0] is '<' or '>' && TryNumber(bare[1..].TrimStart('='), out var limit))
            return bare[0] == '<' ? new(text, null, limit) : new(text, limit, null);
        foreach (var separator in (ReadOnlySpan<string>)[" to ", " - ", "-"])
        {
            var at = bare.Length > 1 ? bare[1..].IndexOf(separator) + 1 : 0;
            if (at > 0 && TryNumber(bare[..at], out var low) && TryNumber(bare[(at + separator.Length)..], out var high) && low <= high)
                return new(text, low, high);
        }

        return new(text, null, null);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out decimal number) => decimal.TryParse(
        text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}

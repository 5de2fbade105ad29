using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>XAD: lines, town, county and postcode. Where a patient lives now comes before where they stay for a while.</summary>
internal static class Addresses
{
    public static (string? Lines, string? Postcode) Of(Piece field, Hearing hearing)
    {
        var home = Choose(field);
        string? all = null;
        for (var part = 1; part <= 4; part++)
        {
            // XAD.1 is a street address with parts of its own from 2.5 on.
            var line = part == 1 ? string.Join(' ', home[1].Subcomponents.ToList().Select(s => s.Text).Where(t => t is not null)) : hearing.Text(home[part]);
            if (!string.IsNullOrEmpty(line) && !hearing.Profile.IsPlaceholder(line))
                all = all is null ? line : $"{all}, {line}";
        }

        return (all, hearing.Text(home[5]) is { } postcode ? Postcode(postcode) : null);
    }

    /// <summary>Upper case with one space before the inward code (CUI ADR-0007); what is no British postcode stays as sent.</summary>
    public static string Postcode(string text)
    {
        var packed = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return packed.Length is >= 5 and <= 7 && char.IsAsciiDigit(packed[^3]) && char.IsAsciiLetter(packed[^1]) && char.IsAsciiLetter(packed[0])
            ? $"{packed[..^3]} {packed[^3..]}"
            : text;
    }

    private static Piece Choose(Piece field)
    {
        Piece? first = null;
        foreach (var repetition in field.Repetitions)
        {
            var type = repetition.TextOf(7);
            if (type is null or "HOME" or "H" or "P" or "L")
                return repetition;
            first ??= repetition;
        }

        return first ?? default;
    }
}

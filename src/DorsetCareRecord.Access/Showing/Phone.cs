namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// A telephone number by NHS CUI TID-0001 to 0006: national form, no brackets, a space after the area code where the source wrote one. What is
/// no number (an extension in words, a note) is shown as it came and cannot be rung.
/// </summary>
public static class Phone
{
    /// <summary>For people.</summary>
    public static string Text(string number)
    {
        var text = string.Join(' ', number.Replace("(0)", "", StringComparison.Ordinal).Replace('(', ' ').Replace(')', ' ')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (!text.StartsWith("+44", StringComparison.Ordinal))
            return text;
        var national = text[3..].TrimStart();
        return national.StartsWith('0') ? national : "0" + national;
    }

    /// <summary>What a telephone is given to dial (RFC 3966); null when it is not a number and nothing else.</summary>
    public static string? Dial(string number)
    {
        var text = Text(number);
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length is >= 3 and <= 15 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '+') ? $"tel:{(text[0] == '+' ? "+" : "")}{digits}" : null;
    }
}

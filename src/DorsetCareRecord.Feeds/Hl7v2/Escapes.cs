using System.Buffers;
using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// Escape sequences (HL7 v2.8 chapter 2.7), resolved after everything is divided. Separators come back as the message's own;
/// formatting commands become line breaks and blanks; highlighting is dropped; hexadecimal data is read in the message's
/// character set. What is not known is kept literally: nothing a sender wrote disappears.
/// </summary>
internal static class Escapes
{
    private const int MostBlanks = 200;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    public static string Resolve(ReadOnlySpan<char> raw, Message message)
    {
        var escape = message.Delimiters.Escape;
        var first = escape == Delimiters.None ? -1 : raw.IndexOf(escape);
        if (first < 0)
            return raw.ToString();

        var text = new StringBuilder(raw.Length);
        while (first >= 0)
        {
            text.Append(raw[..first]);
            raw = raw[(first + 1)..];
            var end = raw.IndexOf(escape);
            if (end >= 0 && TryAppend(text, raw[..end], message))
            {
                raw = raw[(end + 1)..];
            }
            else
            {
                // An escape character that opens nothing we know is itself text; the next one may still open something.
                text.Append(escape);
            }

            first = raw.IndexOf(escape);
        }

        return text.Append(raw).ToString();
    }

    private static bool TryAppend(StringBuilder text, ReadOnlySpan<char> sequence, Message message)
    {
        var d = message.Delimiters;
        switch (sequence)
        {
            case "F": return Append(text, d.Field);
            case "S": return Append(text, d.Component);
            case "T": return Append(text, d.Subcomponent);
            case "R": return Append(text, d.Repetition);
            case "E": return Append(text, d.Escape);
            case "P": return Append(text, '#');
            case "H" or "N": return true;
            case ['.', ..]: return TryFormat(text, sequence[1..]);
            case ['X', ..]: return TryHexadecimal(text, sequence[1..], message.Charset.Encoding);
            default: return false;
        }
    }

    /// <summary>A separator the message does not use stands for the usual one.</summary>
    private static bool Append(StringBuilder text, char c)
    {
        text.Append(c == Delimiters.None ? '&' : c);
        return true;
    }

    /// <summary>Formatting commands of FT (HL7 v2.8 chapter 2.7.6).</summary>
    private static bool TryFormat(StringBuilder text, ReadOnlySpan<char> command)
    {
        if (command.Length < 2)
            return false;
        var argument = command[2..].Trim();
        Span<char> name = stackalloc char[2];
        command[..2].ToLowerInvariant(name);
        switch (name)
        {
            case "br" or "ce" when argument.IsEmpty:
                text.Append('\n');
                return true;
            case "sp" when TryCount(argument, 1, out var lines):
                text.Append('\n', lines);
                return true;
            case "sk" when TryCount(argument, 1, out var blanks):
                text.Append(' ', blanks);
                return true;
            case "in" or "ti" when TryCount(argument, 0, out _):
                return true;
            case "fi" or "nf" when argument.IsEmpty:
                return true;
            default:
                return false;
        }
    }

    private static bool TryCount(ReadOnlySpan<char> argument, int absent, out int count)
    {
        count = absent;
        if (argument.IsEmpty)
            return true;
        if (!int.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count))
            return false;
        count = Math.Clamp(count, 0, MostBlanks);
        return true;
    }

    private static bool TryHexadecimal(StringBuilder text, ReadOnlySpan<char> digits, Encoding encoding)
    {
        if (digits.Length == 0 || digits.Length % 2 != 0 || digits.ContainsAnyExcept(Hexadecimal))
            return false;
        ReadOnlySpan<byte> bytes = Convert.FromHexString(digits);
        var well = encoding != Charset.Utf8 || System.Text.Unicode.Utf8.IsValid(bytes);
        var decoded = (well ? encoding : Charset.Windows1252).GetString(bytes);
        text.Append(decoded.Replace("\0", "", StringComparison.Ordinal));
        return true;
    }
}

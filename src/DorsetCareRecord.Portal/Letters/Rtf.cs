using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Portal.Letters;

/// <summary>
/// The words of an RTF letter (Rich Text Format 1.9.1): paragraphs, line breaks, tabs and cells as blanks and lines,
/// characters by code page 1252 or Unicode; formatting, pictures and everything hidden left out. Total: damaged RTF gives
/// what words it holds, never an exception.
/// </summary>
internal static class Rtf
{
    /// <summary>Groups whose content is not the letter's text.</summary>
    private static readonly HashSet<string> NotText =
    [
        "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "info", "pict", "object", "objdata", "header", "headerl",
        "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "generator", "themedata", "datastore", "xmlnstbl", "filetbl",
        "revtbl", "rsidtbl", "fldinst", "bkmkstart", "bkmkend", "nonshppict", "shpinst", "latentstyles",
    ];

    private const int DeepestGroup = 200;

    internal static string ToText(string rtf)
    {
        var text = new StringBuilder(Math.Min(rtf.Length, 1 << 20));
        var groups = new Stack<Group>();
        var group = new Group(IsText: true, UnicodeSkip: 1);
        var skip = 0;
        for (var i = 0; i < rtf.Length; i++)
        {
            switch (rtf[i])
            {
                case '{' when groups.Count < DeepestGroup:
                    groups.Push(group);
                    break;
                case '}' when groups.Count > 0:
                    group = groups.Pop();
                    skip = 0;
                    break;
                case '\\':
                    i = Control(rtf, i + 1, text, ref group, ref skip);
                    break;
                case '\r' or '\n' or '{' or '}' or '\0':
                    break;
                case var c when skip > 0:
                    skip--;
                    _ = c;
                    break;
                case var c when group.IsText:
                    text.Append(c);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Reads one control word or symbol whose first character is at <paramref name="i"/>; returns its last.</summary>
    private static int Control(string rtf, int i, StringBuilder text, ref Group group, ref int skip)
    {
        if (i >= rtf.Length)
            return i;
        if (!char.IsAsciiLetter(rtf[i]))
            return Symbol(rtf, i, text, ref group, ref skip);

        var start = i;
        while (i < rtf.Length && char.IsAsciiLetter(rtf[i]))
            i++;
        var word = rtf[start..i];
        var digits = i;
        if (i < rtf.Length && rtf[i] == '-')
            i++;
        while (i < rtf.Length && char.IsAsciiDigit(rtf[i]))
            i++;
        int? number = int.TryParse(rtf.AsSpan(digits, i - digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;
        Word(word, number, text, ref group, ref skip);
        return i < rtf.Length && rtf[i] == ' ' ? i : i - 1;
    }

    private static void Word(string word, int? number, StringBuilder text, ref Group group, ref int skip)
    {
        switch (word)
        {
            case "par" or "line" or "sect" or "page" or "row":
                Append('\n', text, group);
                break;
            case "tab" or "cell":
                Append('\t', text, group);
                break;
            case "emdash":
                Append('—', text, group);
                break;
            case "endash":
                Append('–', text, group);
                break;
            case "bullet":
                Append('•', text, group);
                break;
            case "lquote" or "rquote":
                Append(word == "lquote" ? '‘' : '’', text, group);
                break;
            case "ldblquote" or "rdblquote":
                Append(word == "ldblquote" ? '“' : '”', text, group);
                break;
            case "u" when number is { } code:
                Append((char)(ushort)code, text, group);
                skip = group.UnicodeSkip;
                break;
            case "uc" when number is >= 0 and < 16:
                group = group with { UnicodeSkip = number.Value };
                break;
            case "v" when number != 0:
                group = group with { IsText = false }; // hidden text
                break;
            case var _ when NotText.Contains(word):
                group = group with { IsText = false };
                break;
        }
    }

    private static int Symbol(string rtf, int i, StringBuilder text, ref Group group, ref int skip)
    {
        switch (rtf[i])
        {
            case '\'' when i + 2 < rtf.Length && byte.TryParse(rtf.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                if (skip > 0)
                    skip--;
                else
                    Append(Western(code), text, group);
                return i + 2;
            case '*':
                group = group with { IsText = false }; // a destination a reader need not know
                break;
            case '~':
                Append(' ', text, group);
                break;
            case '_':
                Append('-', text, group);
                break;
            case '\\' or '{' or '}':
                Append(rtf[i], text, group);
                break;
            case '\r' or '\n':
                Append('\n', text, group);
                break;
        }

        return i;
    }

    private static void Append(char c, StringBuilder text, Group group)
    {
        if (group.IsText)
            text.Append(c);
    }

    /// <summary>Code page 1252; its upper control range holds the printer's marks.</summary>
    private static char Western(byte code) => code is >= 0x80 and <= 0x9F ? Marks[code - 0x80] : (char)code;

    private const string Marks = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

    private readonly record struct Group(bool IsText, int UnicodeSkip);
}

using System.Diagnostics.CodeAnalysis;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// The separators a message says it uses (HL7 v2.8 chapter 2.5.4, MSH-1 and MSH-2). A separator the sender did not name is
/// <see cref="None"/>: what it would divide is one piece.
/// </summary>
internal readonly record struct Delimiters(char Field, char Component, char Repetition, char Escape, char Subcomponent)
{
    /// <summary>Divides nothing: NUL is taken out of every message before it is read.</summary>
    public const char None = '\0';

    public static Delimiters Usual { get; } = new('|', '^', '~', '\\', '&');

    /// <summary>
    /// Reads the beginning of an MSH, FHS or BHS segment. A fifth encoding character (2.7, truncation) is accepted and unused; so
    /// is an escape character written twice, by senders whose own settings were escaped once too often.
    /// Letters, digits, blanks, control characters and one character twice cannot divide anything and are refused.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<char> segment, out Delimiters delimiters, [NotNullWhen(false)] out Fault? fault)
    {
        delimiters = Usual;
        fault = null;
        if (segment.Length < 4 || !CanDivide(segment[3]))
        {
            fault = new Fault(Reasons.Unreadable, "MSH-1", segment.Length < 4 ? "absent" : "not a separator");
            return false;
        }

        var field = segment[3];
        var rest = segment[4..];
        var end = rest.IndexOf(field);
        var encoding = (end < 0 ? rest : rest[..end]).TrimEnd(' ');
        if (encoding.Length == 5 && encoding[2] == encoding[3])
            encoding = string.Concat(encoding[..3], encoding[4..]);
        if (encoding.Length is 0 or > 5 || !AllDiffer(field, encoding))
        {
            fault = new Fault(Reasons.Unreadable, "MSH-2", $"{encoding.Length} characters");
            return false;
        }

        delimiters = new Delimiters(field, At(encoding, 0), At(encoding, 1), At(encoding, 2), At(encoding, 3));
        return true;
    }

    private static char At(ReadOnlySpan<char> encoding, int index) => index < encoding.Length ? encoding[index] : None;

    private static bool AllDiffer(char field, ReadOnlySpan<char> encoding)
    {
        for (var i = 0; i < encoding.Length; i++)
        {
            if (!CanDivide(encoding[i]) || encoding[i] == field || encoding[..i].Contains(encoding[i]))
                return false;
        }

        return true;
    }

    private static bool CanDivide(char c) => c is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(c);
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// Where the segments of a message lie. CR, LF, CRLF and mixtures end a line (HL7 allows CR alone; files and careless senders
/// use all); blank lines are skipped. A line that does not begin like a segment is the rest of the one before, torn by a line
/// break in its text, and stays with it.
/// </summary>
internal static class Lines
{
    /// <summary>More segments than this is an attack or a broken sender: the largest true messages have some thousands.</summary>
    public const int MostSegments = 100_000;

    private static readonly SearchValues<char> Ends = SearchValues.Create("\r\n");

    public static bool TryDivide(
        string text, int start, char separator,
        out List<(int Start, int Length)> segments, [NotNullWhen(false)] out Fault? fault)
    {
        segments = new List<(int Start, int Length)>(16);
        fault = null;
        var at = start;
        while (at < text.Length)
        {
            var end = text.AsSpan(at).IndexOfAny(Ends);
            var length = end < 0 ? text.Length - at : end;
            var line = text.AsSpan(at, length);
            if (BeginsSegment(line, separator))
            {
                if (segments.Count > 0 && line.StartsWith("MSH"))
                {
                    fault = new Fault(Reasons.Unreadable, "MSH", "a second header");
                    return false;
                }

                segments.Add((at, length));
            }
            else if (!line.IsWhiteSpace())
            {
                // The lines between belong to it too, so the torn text keeps its breaks.
                var (first, _) = segments[^1];
                segments[^1] = (first, at + length - first);
            }

            if (segments.Count > MostSegments)
            {
                fault = new Fault(Reasons.TooLarge, null, $"more than {MostSegments} segments");
                return false;
            }

            at += length + 1;
        }

        return true;
    }

    private static bool BeginsSegment(ReadOnlySpan<char> line, char separator) =>
        line.Length >= 3
        && char.IsAsciiLetterUpper(line[0]) && IsUpperOrDigit(line[1]) && IsUpperOrDigit(line[2])
        && (line.Length == 3 || line[3] == separator || line[3..].IsWhiteSpace());

    private static bool IsUpperOrDigit(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c);
}

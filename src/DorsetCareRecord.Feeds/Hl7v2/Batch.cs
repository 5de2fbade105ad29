using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// Several messages in one body: a batch file (FHS, BHS, messages, BTS, FTS: HL7 v2.8 chapter 2.10.3) or messages simply set
/// one after the other. Works on bytes, so that each message is stored exactly as it came.
/// </summary>
internal static class Batch
{
    /// <summary>
    /// The messages, in order. Without any MSH the whole body is returned as one, for the reader to name what is wrong.
    /// </summary>
    /// <param name="fault">The trailer counts other messages than there are: part of the batch is missing.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Divide(ReadOnlyMemory<byte> body, out Fault? fault)
    {
        fault = null;
        var span = body.Span;
        var start = HeaderBytes.StartOf(span);
        if (span[start..].StartsWith("MSH"u8) && NextHeader(span, start + 3) < 0)
            return [body];

        var messages = new List<ReadOnlyMemory<byte>>();
        var (inBatch, batches) = (0, 0);
        for (var at = NextHeader(span, 0); at >= 0;)
        {
            var next = NextHeader(span, at + 3);
            var end = next < 0 ? span.Length : next;
            var name = span.Slice(at, 3);
            if (name.SequenceEqual("MSH"u8))
            {
                messages.Add(body[at..end]);
                inBatch++;
            }
            else if (name.SequenceEqual("BHS"u8))
            {
                inBatch = 0;
                batches++;
            }
            else if (name.SequenceEqual("BTS"u8))
            {
                fault ??= Compare(span[at..end], inBatch, "BTS-1");
                inBatch = 0;
            }
            else if (name.SequenceEqual("FTS"u8))
            {
                fault ??= Compare(span[at..end], batches, "FTS-1");
            }

            at = next;
        }

        return messages.Count == 0 ? [body] : messages;
    }

    /// <summary>Where the next line beginning with MSH or a batch segment starts, at or after a place; -1 when none does.</summary>
    private static int NextHeader(ReadOnlySpan<byte> span, int from)
    {
        if (from == 0 && IsHeader(span[HeaderBytes.StartOf(span)..]))
            return HeaderBytes.StartOf(span);
        while (from < span.Length)
        {
            var end = span[from..].IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
                return -1;
            from += end + 1;
            var skipped = from + HeaderBytes.StartOf(span[from..]);
            if (IsHeader(span[skipped..]))
                return skipped;
            from = Math.Max(from, skipped);
        }

        return -1;
    }

    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        line.Length > 3 && !char.IsAsciiLetterOrDigit((char)line[3])
        && (line.StartsWith("MSH"u8) || line.StartsWith("FHS"u8) || line.StartsWith("BHS"u8)
            || line.StartsWith("BTS"u8) || line.StartsWith("FTS"u8));

    /// <summary>A trailer without a count says nothing.</summary>
    private static Fault? Compare(ReadOnlySpan<byte> trailer, int found, string place)
    {
        var digits = trailer[4..];
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return int.TryParse(end < 0 ? digits : digits[..end], out var stated) && stated != found
            ? new Fault(Reasons.Incomplete, place, $"{stated} stated, {found} found")
            : null;
    }
}

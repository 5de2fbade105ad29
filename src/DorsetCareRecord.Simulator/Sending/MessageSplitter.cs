namespace DorsetCareRecord.Simulator.Sending;

/// <summary>
/// Cuts a file into HL7 v2 messages as an operator finds them: one or many, any line ending, byte order mark, blank lines
/// within and between, MLLP frames, batches (FHS, BHS, BTS, FTS).
/// </summary>
/// <remarks>
/// The bytes of each segment are kept as they are. Changed are only: line ends become one carriage return (and the last
/// segment gets one), blank lines, byte order marks and batch envelopes are left out. What stands before the first MSH is a
/// message of its own: sent as it is, so that the receiver's refusal is seen.
/// </remarks>
internal static class MessageSplitter
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> file)
    {
        var messages = new List<byte[]>();
        if (IsUtf16(file))
            return [file.ToArray()];
        while (!file.IsEmpty)
        {
            var start = file.IndexOf(Writing.Hl7.Mllp.StartBlock);
            if (start < 0)
            {
                SplitChunk(file, messages);
                break;
            }

            SplitChunk(file[..start], messages);
            file = file[(start + 1)..];
            var end = file.IndexOf(Writing.Hl7.Mllp.EndBlock);
            SplitChunk(end < 0 ? file : file[..end], messages);
            file = end < 0 ? [] : file[(end + 1)..];
        }

        return messages;
    }

    // No MLLP receiver reads it; cutting it at single bytes would only destroy it.
    private static bool IsUtf16(ReadOnlySpan<byte> file) => file is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static void SplitChunk(ReadOnlySpan<byte> chunk, List<byte[]> messages)
    {
        var message = new List<byte>();
        while (!chunk.IsEmpty)
        {
            var end = chunk.IndexOfAny(Cr, Lf);
            var line = end < 0 ? chunk : chunk[..end];
            chunk = end < 0 ? [] : chunk[(end + 1)..];
            while (line.StartsWith(ByteOrderMark))
                line = line[ByteOrderMark.Length..];
            if (IsBlank(line))
                continue;
            var envelope = IsSegment(line, "FHS"u8) || IsSegment(line, "BHS"u8) || IsSegment(line, "BTS"u8) || IsSegment(line, "FTS"u8);
            if (envelope || IsSegment(line, "MSH"u8))
                Finish(message, messages);
            if (envelope)
                continue;
            message.AddRange(line);
            message.Add(Cr);
        }

        Finish(message, messages);
    }

    private static void Finish(List<byte> message, List<byte[]> messages)
    {
        if (message.Count > 0)
            messages.Add([.. message]);
        message.Clear();
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\0\x1A"u8) < 0;

    // The character after the name is the field separator, whichever the sender chose.
    private static bool IsSegment(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.StartsWith(name) && (line.Length == name.Length || !char.IsAsciiLetterOrDigit((char)line[name.Length]));
}

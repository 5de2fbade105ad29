namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// The MSH segment as bytes, before any decision on the character set: for the acknowledgement, which must return the sender's
/// own bytes, and for MSH-18 itself.
/// </summary>
internal readonly ref struct HeaderBytes
{
    /// <summary>A header longer than this is no header: nothing in MSH needs it, and an answer would echo it.</summary>
    public const int Longest = 16 * 1024;

    private readonly ReadOnlySpan<byte> _segment;

    private HeaderBytes(ReadOnlySpan<byte> segment) => _segment = segment;

    /// <summary>False when there is no usable MSH at the start (after blank lines, NUL and a byte order mark).</summary>
    public bool IsThere => _segment.Length > 0;

    /// <summary>MSH-1; the usual one when there is no header.</summary>
    public byte Separator => IsThere ? _segment[3] : (byte)'|';

    public static HeaderBytes Of(ReadOnlySpan<byte> body)
    {
        var start = StartOf(body);
        var rest = body[start..];
        if (!rest.StartsWith("MSH"u8))
            return default;
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        var segment = end < 0 ? rest : rest[..end];
        return segment.Length is < 5 or > Longest || segment[3] is <= (byte)' ' or >= 0x7f ? default : new HeaderBytes(segment);
    }

    /// <summary>Where the first segment starts: blanks, line ends, NUL and a UTF-8 byte order mark before it are skipped.</summary>
    public static int StartOf(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (at < body.Length)
        {
            if (body[at] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' or 0)
                at++;
            else if (body[at..].StartsWith("\uFEFF"u8))
                at += 3;
            else
                break;
        }

        return at;
    }

    /// <summary>MSH-n byte for byte, 2 or more; empty when absent.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            if (!IsThere || field < 2)
                return default;
            var rest = _segment[4..];
            for (var i = 2; i < field; i++)
            {
                var next = rest.IndexOf(Separator);
                if (next < 0)
                    return default;
                rest = rest[(next + 1)..];
            }

            var end = rest.IndexOf(Separator);
            return end < 0 ? rest : rest[..end];
        }
    }
}

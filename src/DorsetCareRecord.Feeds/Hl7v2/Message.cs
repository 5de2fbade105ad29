using System.Diagnostics.CodeAnalysis;
using System.Text;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// An HL7 v2 message of any version: a list of segments over one text, without a class per type or version, because senders
/// follow none exactly. Reading is total: any bytes give a message or a named fault, never an exception.
/// </summary>
internal sealed class Message
{
    private readonly List<(int Start, int Length)> _segments;

    private Message(string text, Delimiters delimiters, Charset charset, List<(int, int)> segments) =>
        (Text, Delimiters, Charset, _segments) = (text, delimiters, charset, segments);

    /// <summary>The decoded text; segments and pieces are stretches of it.</summary>
    public string Text { get; }

    public Delimiters Delimiters { get; }

    public Charset Charset { get; }

    /// <summary>NUL bytes were taken out: PostgreSQL's text cannot hold them and no standard allows them.</summary>
    public bool HadNul { get; private init; }

    public int Count => _segments.Count;

    public Segment this[int index] => new(this, _segments[index].Start, _segments[index].Length);

    public Segment Header => this[0];

    /// <summary>Every segment in the sender's order, unknown and Z segments included.</summary>
    public IEnumerable<Segment> Segments
    {
        get
        {
            for (var i = 0; i < Count; i++)
                yield return this[i];
        }
    }

    /// <summary>The first segment of a name; one that is not there when there is none.</summary>
    public Segment First(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Is(name))
                return this[i];
        }

        return default;
    }

    /// <summary>Reads one message. The fault, if any, names MSH or the place in it, never a value.</summary>
    /// <param name="body">The bytes of one message; see <see cref="Batch"/> for several.</param>
    /// <param name="fallback">The feed's character set where nothing else decides; windows-1252 when null.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> body, Encoding? fallback,
        [NotNullWhen(true)] out Message? message, [NotNullWhen(false)] out Fault? fault)
    {
        message = null;
        if (IsUtf16(body))
        {
            fault = new Fault(Reasons.Unreadable, "MSH-18", "UTF-16");
            return false;
        }

        var header = HeaderBytes.Of(body);
        if (!header.IsThere)
        {
            fault = new Fault(Reasons.Unreadable, "MSH", body.IsEmpty ? "empty" : $"no header in {body.Length} bytes");
            return false;
        }

        var charset = Charset.Of(body, FirstRepetition(header[18]), fallback);
        var text = charset.Encoding.GetString(body);
        var hadNul = text.Contains(Delimiters.None);
        if (hadNul)
            text = text.Replace("\0", "", StringComparison.Ordinal);

        var start = text.IndexOf("MSH", StringComparison.Ordinal);
        if (!Delimiters.TryRead(FirstLine(text, start), out var delimiters, out fault))
            return false;
        if (!Lines.TryDivide(text, start, delimiters.Field, out var segments, out fault))
            return false;
        message = new Message(text, delimiters, charset, segments) { HadNul = hadNul };
        return true;
    }

    /// <summary>
    /// The message in its canonical form: its segments as sent, each ended by CR, without mark, NUL and blank lines. Reading
    /// what was written gives the same message.
    /// </summary>
    public string Print()
    {
        var text = new StringBuilder(Text.Length + 8);
        for (var i = 0; i < Count; i++)
            text.Append(this[i].Raw).Append('\r');
        return text.ToString();
    }

    private static ReadOnlySpan<char> FirstLine(string text, int start)
    {
        var rest = text.AsSpan(start);
        var end = rest.IndexOfAny('\r', '\n');
        return end < 0 ? rest : rest[..end];
    }

    private static ReadOnlySpan<byte> FirstRepetition(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)'~');
        return (end < 0 ? field : field[..end]).Trim((byte)' ');
    }

    private static bool IsUtf16(ReadOnlySpan<byte> body) =>
        body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || body.StartsWith("M\0S\0H\0"u8) || body.StartsWith("\0M\0S\0H"u8);

    /// <summary>Says nothing of the content.</summary>
    public override string ToString() => $"HL7 v2 message of {Count} segments";
}

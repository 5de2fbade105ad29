namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// A line of a message: three characters and fields. Fields are found when asked for; the longest segments (documents of many
/// megabytes in one field) cost one vectorised search a field asked for.
/// </summary>
internal readonly struct Segment
{
    private readonly Message? _message;
    private readonly int _start;
    private readonly int _length;

    internal Segment(Message message, int start, int length) => (_message, _start, _length) = (message, start, length);

    public bool IsThere => _message is not null;

    /// <summary>PID, OBX, ZU1...; empty for an absent segment.</summary>
    public ReadOnlySpan<char> Name => _message is null ? default : Raw[..3];

    public ReadOnlySpan<char> Raw => _message is null ? default : _message.Text.AsSpan(_start, _length);

    public bool Is(ReadOnlySpan<char> name) => Name.SequenceEqual(name);

    /// <summary>
    /// The n-th field, from 1. Of MSH, FHS and BHS the first is the separator itself and the second the encoding characters
    /// (HL7 v2.8 chapter 2.14.9), so the others stand one separator earlier.
    /// </summary>
    public Piece this[int field]
    {
        get
        {
            if (_message is null || field < 1)
                return default;
            var raw = Raw;
            var isHeader = IsHeader(Name);
            if (isHeader && field == 1)
                return new Piece(_message, _start + 3, Math.Min(1, raw.Length - 3), PieceLevel.Subcomponent);

            var separator = _message.Delimiters.Field;
            var at = 0;
            for (var skip = isHeader ? field - 1 : field; skip > 0; skip--)
            {
                var next = raw[at..].IndexOf(separator);
                if (next < 0)
                    return default;
                at += next + 1;
            }

            var end = raw[at..].IndexOf(separator);
            var level = isHeader && field == 2 ? PieceLevel.Subcomponent : PieceLevel.Field;
            return new Piece(_message, _start + at, end < 0 ? raw.Length - at : end, level);
        }
    }

    /// <summary>How many fields the segment has, absent ones between included.</summary>
    public int FieldCount => _message is null ? 0 : Raw.Count(_message.Delimiters.Field) + (IsHeader(Name) ? 1 : 0);

    private static bool IsHeader(ReadOnlySpan<char> name) => name is "MSH" or "FHS" or "BHS";

    /// <summary>Says nothing of the content.</summary>
    public override string ToString() => $"{Name} of {_length} characters";
}

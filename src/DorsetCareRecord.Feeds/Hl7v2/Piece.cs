using System.Diagnostics.CodeAnalysis;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>
/// A field, repetition, component or subcomponent: a stretch of the message's text, divided only when asked and unescaped last
/// (a separator written as an escape divides nothing). An absent piece is empty; nothing here throws.
/// </summary>
/// <remarks>
/// HL7 v2.8 chapter 2.5.3: an empty piece says nothing, <c>""</c> says the value is to be deleted. Both hold for components as for
/// fields.
/// </remarks>
internal readonly struct Piece
{
    private readonly Message? _message;
    private readonly int _start;
    private readonly int _length;
    private readonly PieceLevel _level;

    internal Piece(Message message, int start, int length, PieceLevel level) =>
        (_message, _start, _length, _level) = (message, start, length, level);

    /// <summary>As sent, escapes and all.</summary>
    public ReadOnlySpan<char> Raw => _message is null ? default : _message.Text.AsSpan(_start, _length);

    /// <summary>Nothing was sent, or blanks only.</summary>
    public bool IsEmpty => Raw.IsWhiteSpace();

    /// <summary>The sender deletes the value.</summary>
    public bool IsDeleted => Raw is "\"\"";

    public bool HasValue => !IsEmpty && !IsDeleted;

    /// <summary>Unescaped, blanks and all; null when there is no value.</summary>
    public string? Exact => HasValue ? Escapes.Resolve(Raw, _message!) : null;

    /// <summary>Unescaped and trimmed; null when there is no value.</summary>
    public string? Text => HasValue && Escapes.Resolve(Raw.Trim(), _message!) is { Length: > 0 } text ? text : null;

    /// <summary>
    /// The n-th part, from 1: of a field or repetition its component (of a field that repeats, the first repetition's), of a
    /// component its subcomponent. A piece that is not divided is its own first part.
    /// </summary>
    public Piece this[int part] => _level switch
    {
        PieceLevel.Field => Part(Delimiters.Repetition, 1, PieceLevel.Repetition)[part],
        PieceLevel.Repetition => Part(Delimiters.Component, part, PieceLevel.Component),
        PieceLevel.Component => Part(Delimiters.Subcomponent, part, PieceLevel.Subcomponent),
        PieceLevel.Subcomponent => part == 1 ? this : default,
        _ => default,
    };

    /// <summary>The n-th part's text; see <see cref="Text"/>.</summary>
    public string? TextOf(int part) => this[part].Text;

    /// <summary>The repetitions of a field, blank ones too; none for an absent field.</summary>
    public PieceParts Repetitions => new(this, Delimiters.Repetition, PieceLevel.Repetition);

    /// <summary>The components of a repetition, or of a field's first repetition.</summary>
    public PieceParts Components => _level == PieceLevel.Field
        ? Part(Delimiters.Repetition, 1, PieceLevel.Repetition).Components
        : new PieceParts(this, Delimiters.Component, PieceLevel.Component);

    public PieceParts Subcomponents => new(this, Delimiters.Subcomponent, PieceLevel.Subcomponent);

    private Delimiters Delimiters => _message?.Delimiters ?? Delimiters.Usual;

    internal Piece Within(int start, int length, PieceLevel level) =>
        _message is null ? default : new Piece(_message, _start + start, length, level);

    private Piece Part(char delimiter, int part, PieceLevel level)
    {
        var from = 0;
        var rest = Raw;
        while (part > 1)
        {
            var next = rest.IndexOf(delimiter);
            if (next < 0)
                return default;
            from += next + 1;
            rest = rest[(next + 1)..];
            part--;
        }

        var end = rest.IndexOf(delimiter);
        return part < 1 ? default : Within(from, end < 0 ? rest.Length : end, level);
    }

    /// <summary>Says nothing of the value.</summary>
    [ExcludeFromCodeCoverage]
    public override string ToString() => $"{_level} of {_length} characters";
}

/// <summary>How deep a <see cref="Piece"/> lies.</summary>
internal enum PieceLevel : byte
{
    /// <summary>Of an absent piece: it has no parts.</summary>
    Absent,
    Field,
    Repetition,
    Component,
    Subcomponent,
}

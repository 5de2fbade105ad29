using System.Text;

namespace DorsetCareRecord.Feeds.Hl7v2;

/// <summary>Why a message's bytes were read in the character set they were.</summary>
internal enum CharsetGround
{
    /// <summary>Plain ASCII: every candidate agrees.</summary>
    Plain = 1,

    /// <summary>MSH-18 names it and the bytes bear it out.</summary>
    Stated = 2,

    /// <summary>The bytes are well-formed UTF-8, which text in another character set practically never is.</summary>
    WellFormed = 3,

    /// <summary>Not UTF-8 and nothing usable stated: the feed's own default (windows-1252).</summary>
    FellBack = 4,
}

/// <summary>
/// The character set of a message (HL7 table 0211) and on what ground. Senders state 8859/1 and send UTF-8, state UNICODE and
/// send windows-1252; so well-formed UTF-8 is believed before MSH-18, and MSH-18 before the feed's default. No choice can
/// yield U+FFFD: the single-byte sets give every byte a character.
/// </summary>
internal readonly record struct Charset(Encoding Encoding, CharsetGround Ground)
{
    static Charset()
    {
        var pages = CodePagesEncodingProvider.Instance;
        Windows1252 = pages.GetEncoding(1252)!;
        Latin9 = pages.GetEncoding(28605)!;
        Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    public static Encoding Utf8 { get; }

    public static Encoding Windows1252 { get; }

    /// <summary>ISO 8859-15, which has the euro sign where 8859-1 has the currency sign.</summary>
    public static Encoding Latin9 { get; }

    /// <param name="body">The message's bytes.</param>
    /// <param name="stated">MSH-18, first repetition.</param>
    /// <param name="fallback">The feed's default; windows-1252 when null.</param>
    public static Charset Of(ReadOnlySpan<byte> body, ReadOnlySpan<byte> stated, Encoding? fallback)
    {
        if (Ascii.IsValid(body))
            return new Charset(Utf8, CharsetGround.Plain);
        if (Utf8Valid(body))
            return new Charset(Utf8, IsUtf8(stated) ? CharsetGround.Stated : CharsetGround.WellFormed);
        return SingleByte(stated) is { } named
            ? new Charset(named, CharsetGround.Stated)
            : new Charset(fallback ?? Windows1252, CharsetGround.FellBack);
    }

    private static bool Utf8Valid(ReadOnlySpan<byte> body) => System.Text.Unicode.Utf8.IsValid(body);

    private static bool IsUtf8(ReadOnlySpan<byte> stated) =>
        stated.SequenceEqual("UNICODE UTF-8"u8) || stated.SequenceEqual("UNICODE"u8) || stated.SequenceEqual("UTF-8"u8);

    /// <summary>8859-1 is read as windows-1252, its superset: what lies at 0x80 to 0x9F is quotes and dashes, never C1 controls.</summary>
    private static Encoding? SingleByte(ReadOnlySpan<byte> stated) =>
        stated.SequenceEqual("8859/1"u8) ? Windows1252
        : stated.SequenceEqual("8859/15"u8) ? Latin9
        : null;
}

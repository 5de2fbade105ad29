using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// The bytes of a document in OBX-5 of type ED: source, type, subtype, encoding, data. Escapes are resolved before base64 is,
/// because senders break its lines with <c>\.br\</c> or <c>\X0D0A\</c> (R27). What it is is told by its first bytes; what the
/// sender says it is only where these are silent.
/// </summary>
internal static class DocumentContent
{
    /// <summary>Null, with a remark, when there are no bytes or they cannot be decoded.</summary>
    public static Document? Of(Segment obx, string? fileName, Hearing hearing)
    {
        var data = obx[5][5];
        if (data.IsEmpty)
        {
            hearing.Remark(Reasons.Incomplete, "OBX-5", "no data");
            return null;
        }

        var bytes = Decode(data, obx[5].TextOf(4));
        if (bytes is null)
        {
            hearing.Remark(Reasons.Unreadable, "OBX-5", $"{data.Raw.Length} characters in encoding {obx[5].TextOf(4)?.Length ?? 0} letters long");
            return null;
        }

        return new Document(MediaType.Of(bytes, obx[5].TextOf(2), obx[5].TextOf(3)), bytes, fileName);
    }

    /// <summary>Lines of text as a document of their own.</summary>
    public static Document OfText(string text, string? fileName) => new(MediaType.PlainText, Encoding.UTF8.GetBytes(text), fileName);

    private static byte[]? Decode(Piece data, string? encoding) => encoding?.ToUpperInvariant() switch
    {
        "HEX" => FromHexadecimal(data.Exact ?? ""),
        "A" => Encoding.UTF8.GetBytes(data.Exact ?? ""),
        _ => FromBase64(data),
    };

    /// <summary>The message's own characters are tried first: a letter of 30 MB is not copied once more unless it has escapes.</summary>
    private static byte[]? FromBase64(Piece data) => FromBase64(data.Raw) ?? FromBase64(data.Exact);

    private static byte[]? FromBase64(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var count) || count == 0)
            return null;
        Array.Resize(ref bytes, count);
        return bytes;
    }

    private static byte[]? FromHexadecimal(string text)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}

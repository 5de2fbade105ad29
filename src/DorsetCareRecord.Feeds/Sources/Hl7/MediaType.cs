namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>The media type of a document: by its first bytes, else by what ED.2 and ED.3 say (HL7 tables 0191 and 0291).</summary>
internal static class MediaType
{
    public const string PlainText = "text/plain";

    public static string Of(ReadOnlySpan<byte> bytes, string? type, string? subtype) => Detect(bytes) ?? Stated(type, subtype);

    private static string? Detect(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("\uFEFF"u8))
            start = start[3..];
        return start.StartsWith("%PDF-"u8) ? "application/pdf"
            : start.StartsWith(@"{\rtf"u8) ? "application/rtf"
            : BeginsWithTag(start, "<!doctype html"u8) || BeginsWithTag(start, "<html"u8) ? "text/html"
            : start.StartsWith("<?xml"u8) || start.StartsWith("<ClinicalDocument"u8) ? "application/xml"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
            : bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) ? "image/tiff"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? "application/msword"
            : bytes.StartsWith("PK\u0003\u0004"u8) ? bytes.IndexOf("word/"u8) >= 0
                ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document" : "application/zip"
            : null;
    }

    /// <summary>Never a type that a browser would run: what claims to be HTML and does not look like it is text.</summary>
    private static string Stated(string? type, string? subtype) => subtype?.ToUpperInvariant() switch
    {
        "PLAIN" or "TEXT" or "TXT" or "HTML" or "RTF" => PlainText,
        "XML" or "X-HL7-CDA-LEVEL-ONE" => "application/xml",
        _ => type?.ToUpperInvariant() is "TEXT" or "TX" or "FT" ? PlainText : "application/octet-stream",
    };

    private static bool BeginsWithTag(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> tag) =>
        bytes.Length >= tag.Length && System.Text.Ascii.EqualsIgnoreCase(bytes[..tag.Length], tag);
}

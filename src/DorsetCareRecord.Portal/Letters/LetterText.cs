using System.Text;
using System.Text.RegularExpressions;
using DorsetCareRecord.Access.Reading;
using Ganss.Xss;

namespace DorsetCareRecord.Portal.Letters;

/// <summary>How a letter's file is shown on the page.</summary>
public abstract record LetterBody
{
    /// <summary>Words with their lines; always encoded by the page.</summary>
    public sealed record Words(string Text, bool IsCut, bool HasDoubtfulCharacters) : LetterBody;

    /// <summary>Sanitised: tags of our own list, without a single attribute that could act or fetch.</summary>
    public sealed record Html(string Safe, bool IsCut) : LetterBody;

    /// <summary>The words of a PDF, page by page; what it looks like is in the original.</summary>
    public sealed record PdfWords(string Text, int Pages, bool IsCut) : LetterBody;

    /// <summary>Its bytes are not those that were received; nothing of it is shown.</summary>
    public sealed record Altered : LetterBody;

    /// <summary>Of a kind a page cannot show safely; only the original helps.</summary>
    /// <param name="TookTooLong">Its words were looked for and not found in time.</param>
    public sealed record FileOnly(string ContentType, bool TookTooLong = false) : LetterBody;

    /// <summary>The source sent no content.</summary>
    public sealed record Nothing : LetterBody;
}

/// <summary>Makes a letter readable without ever running it. Total: any bytes give one of the bodies.</summary>
internal static partial class LetterText
{
    /// <summary>Characters on a page; a longer letter says that it is cut, and the original is one click away.</summary>
    private const int Longest = 400_000;

    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    internal static LetterBody Of(LetterFile? file)
    {
        if (file is null || file.Bytes.Length == 0)
            return new LetterBody.Nothing();
        if (!file.IsAsReceived)
            return new LetterBody.Altered();
        switch (MediaType(file.ContentType))
        {
            case "application/pdf":
                return Pdf.ToBody(file.Bytes, Longest);
            case "text/plain":
                var (text, doubtful) = Decode(file.Bytes);
                return Words(text, doubtful);
            case "text/rtf" or "application/rtf":
                return Words(Rtf.ToText(Encoding.Latin1.GetString(file.Bytes, 0, Math.Min(file.Bytes.Length, Longest * 8))), isDoubtful: false);
            case "text/html" or "application/xhtml+xml":
                var html = Decode(file.Bytes).Text;
                var isCut = html.Length > Longest;
                return new LetterBody.Html(Lower(Sanitizer.Sanitize(isCut ? html[..Longest] : html)), isCut);
            case var other:
                return new LetterBody.FileOnly(other);
        }
    }

    /// <summary>Its words alone, for looking into; null when it has none that can be read.</summary>
    internal static string? PlainWords(LetterBody body) => body switch
    {
        LetterBody.Words words => words.Text,
        LetterBody.PdfWords pdf => pdf.Text,
        LetterBody.Html html => Plain(html.Safe),
        _ => null,
    };

    /// <summary>A blank where a block ends, so that the words of two cells do not become one.</summary>
    private static string Plain(string safe) =>
        new AngleSharp.Html.Parser.HtmlParser().ParseDocument(BlockEnd().Replace(safe, "$0 ")).Body?.TextContent ?? "";

    [GeneratedRegex("</[a-z0-9]+>|<br>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlockEnd();

    /// <summary>Without parameters, in lower case.</summary>
    internal static string MediaType(string contentType) => contentType.Split(';', 2)[0].Trim().ToLowerInvariant();

    private static LetterBody.Words Words(string text, bool isDoubtful)
    {
        var tidy = text.ReplaceLineEndings("\n").Trim('\n');
        return new(tidy.Length > Longest ? tidy[..Longest] : tidy, tidy.Length > Longest, isDoubtful);
    }

    /// <summary>UTF-8, else Windows' western set read as Latin-1, which the page then says.</summary>
    private static (string Text, bool IsDoubtful) Decode(byte[] bytes)
    {
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'), false);
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.Latin1.GetString(bytes), true);
        }
    }

    /// <summary>A letter's headings stand below the page's own; sanitised tags have no attributes, so this sees them all.</summary>
    private static string Lower(string html) =>
        Heading().Replace(html, match => $"<{match.Groups[1].Value}h{Math.Min(6, match.Groups[2].Value[0] - '0' + 2)}>");

    [GeneratedRegex("<(/?)h([1-6])>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        foreach (var tag in (string[])["p", "br", "hr", "div", "span", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "pre", "blockquote",
            "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"])
            sanitizer.AllowedTags.Add(tag);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.Add("colspan");
        sanitizer.AllowedAttributes.Add("rowspan");
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.UriAttributes.Clear();
        sanitizer.AllowDataAttributes = false;
        // The words of an unknown tag stay; those of these are not words.
        sanitizer.KeepChildNodes = true;
        sanitizer.RemovingTag += (_, removing) =>
        {
            if (removing.Tag.LocalName is "script" or "style" or "title" or "head" or "template" or "noscript" or "iframe" or "object" or "svg" or "math")
                removing.Tag.TextContent = "";
        };
        return sanitizer;
    }
}

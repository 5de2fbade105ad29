using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace DorsetCareRecord.Portal.Letters;

/// <summary>
/// The words of a PDF letter (ISO 32000), in reading order, read in managed code: nothing of it is drawn or run. Total: a
/// damaged, locked or wordless file gives nothing, and the page then offers the original alone.
/// </summary>
internal static class Pdf
{
    private const int MostBytes = 20 * 1024 * 1024;
    private const int MostPages = 200;

    /// <summary>Deeper than any letter, far from the end of a thread's stack.</summary>
    private const int DeepestObject = 64;

    internal static LetterBody.PdfWords? ToText(byte[] bytes, int longest)
    {
        if (bytes.Length > MostBytes || !bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).StartsWith("%PDF-"u8))
            return null;
        try
        {
            using var document = PdfDocument.Open(bytes, new ParsingOptions
            {
                UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = DeepestObject,
            });
            var text = new StringBuilder();
            var pages = 0;
            foreach (var page in document.GetPages())
            {
                if (++pages > MostPages || text.Length > longest)
                    break;
                text.Append(text.Length == 0 ? "" : "\n\n").Append(ContentOrderTextExtractor.GetText(page, addDoubleNewline: true));
            }

            var words = text.ToString().ReplaceLineEndings("\n").Trim();
            if (words.Length == 0)
                return null;
            var isCut = pages > MostPages || words.Length > longest;
            return new LetterBody.PdfWords(words.Length > longest ? words[..longest] : words, document.NumberOfPages, isCut);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The reader throws whatever it trips over, and a fault of one letter is no fault of ours.
            return null;
        }
    }
}

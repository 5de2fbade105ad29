using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace DorsetCareRecord.Portal.Letters;

/// <summary>
/// The words of a PDF letter (ISO 32000), in reading order, read in managed code: nothing of it is drawn or run. Total: a
/// damaged, locked or wordless file gives nothing, and the page then offers the original alone. So does one that is made to take for ever:
/// a page of a letter is read in milliseconds, and nobody waits longer than a few seconds.
/// </summary>
internal static class Pdf
{
    private const int MostBytes = 20 * 1024 * 1024;
    private const int MostPages = 200;
    private const string Type = "application/pdf";

    /// <summary>Deeper than any letter, far from the end of a thread's stack.</summary>
    private const int DeepestObject = 64;

    private static readonly TimeBound Reading = new(TimeSpan.FromSeconds(5), most: 4);

    /// <summary>Its words, or that only the original helps.</summary>
    internal static LetterBody ToBody(byte[] bytes, int longest)
    {
        if (bytes.Length > MostBytes || !bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).StartsWith("%PDF-"u8))
            return new LetterBody.FileOnly(Type);
        return Reading.TryRun(abandoned => Read(bytes, longest, abandoned), out var words)
            ? words ?? (LetterBody)new LetterBody.FileOnly(Type)
            : new LetterBody.FileOnly(Type, TookTooLong: true);
    }

    private static LetterBody.PdfWords? Read(byte[] bytes, int longest, CancellationToken abandoned)
    {
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
                if (abandoned.IsCancellationRequested)
                    return null;
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

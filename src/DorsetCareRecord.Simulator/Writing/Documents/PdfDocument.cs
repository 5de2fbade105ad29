using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Documents;

/// <summary>
/// A letter as PDF 1.4: A4 pages of text in the standard Helvetica fonts (ISO 32000-1, 9.6.2.2: no font need be embedded),
/// WinAnsi encoding, with a true cross-reference table.
/// </summary>
internal static class PdfDocument
{
    private const int LinesPerPage = 54;

    static PdfDocument() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static byte[] Write(string title, LetterText letter)
    {
        var lines = Layout(title, letter);
        var pages = lines.Chunk(LinesPerPage).ToList();
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
            $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{5 + i * 2} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        };
        foreach (var page in pages)
        {
            var content = Content(page);
            objects.Add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
                + $"/Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        return Assemble(objects);
    }

    private static List<(bool Bold, string Text)> Layout(string title, LetterText letter)
    {
        List<(bool, string)> lines = [(true, title), (false, "")];
        foreach (var block in letter.Blocks)
        {
            if (block is Heading)
                lines.Add((false, ""));
            var indent = block is Bullet ? "-  " : "";
            foreach (var line in block.Text.Split('\n').SelectMany(text => PlainText.Wrap(indent + text, 92)))
                lines.Add((block is Heading, line));
        }

        return lines;
    }

    private static string Content(IEnumerable<(bool Bold, string Text)> lines)
    {
        var content = new StringBuilder("BT 13.5 TL 56 790 Td");
        foreach (var (bold, text) in lines)
            content.Append(CultureInfo.InvariantCulture, $"\n/F{(bold ? 2 : 1)} 10 Tf ({Escape(text)}) Tj T*");
        return content.Append("\nET").ToString();
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("(", "\\(", StringComparison.Ordinal)
        .Replace(")", "\\)", StringComparison.Ordinal);

    // Every character is one byte in WinAnsi, so that lengths and offsets in characters are those in bytes.
    private static byte[] Assemble(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.GetEncoding(1252).GetBytes(file.ToString());
    }
}

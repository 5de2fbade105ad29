using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.EndToEnd.House;

/// <summary>Letters with files, for tests of letters.</summary>
internal static class Papers
{
    public static Letter Letter(LetterKind kind, string title, string contentType, byte[] bytes, int daysAgo = 1) => new()
    {
        Kind = kind, Title = title, Status = LetterStatus.Final, Author = "Dr Anna Lovell", Department = "Cardiology",
        WrittenAt = ClinicalDate.OfInstant(TimeProvider.System.GetUtcNow().AddDays(-daysAgo)),
        Document = new Document(contentType, bytes, null), ContentType = contentType, ContentLength = bytes.Length,
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
    };

    /// <summary>One page of PDF 1.4 that also asks a reader to run a script when it opens (hazard of S12).</summary>
    public static byte[] Pdf(string words)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\('ran'\\)) >> >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
            $"<< /Length {words.Length + 32} >>\nstream\nBT /F1 12 Tf 50 780 Td ({words}) Tj ET\nendstream",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}

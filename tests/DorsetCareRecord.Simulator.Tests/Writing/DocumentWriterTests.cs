using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DorsetCareRecord.Simulator.Writing.Csv;
using DorsetCareRecord.Simulator.Writing.Documents;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Writing;

public sealed class DocumentWriterTests
{
    private static readonly LetterText Letter = new LetterText().Heading("Zoë (1) & <b>").Say("A \\ line\nand {another}").List(Enumerable.Range(1, 70).Select(n => $"Item {n}"));

    [Fact]
    public void When_a_pdf_is_written_then_its_table_points_at_its_objects()
    {
        var bytes = PdfDocument.Write("Letter", Letter);

        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-1.4\n", text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", text, StringComparison.Ordinal);
        var table = int.Parse(Regex.Match(text, @"startxref\n(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal("xref", text.Substring(table, 4));
        var n = 0;
        foreach (Match entry in Regex.Matches(text[table..], @"(\d{10}) 00000 n"))
            Assert.StartsWith($"{++n} 0 obj", text[int.Parse(entry.Groups[1].Value, CultureInfo.InvariantCulture)..], StringComparison.Ordinal);
        Assert.True(n > 6);
        foreach (Match stream in Regex.Matches(text, @"/Length (\d+) >>\nstream\n"))
            Assert.StartsWith("\nendstream", text[(stream.Index + stream.Length + int.Parse(stream.Groups[1].Value, CultureInfo.InvariantCulture))..], StringComparison.Ordinal);
    }

    [Fact]
    public void When_rich_text_is_written_then_it_is_ascii_and_its_braces_match()
    {
        var text = Encoding.ASCII.GetString(RtfDocument.Write("Letter", Letter));

        var bare = Regex.Replace(text, @"\\[\\{}]", "");
        Assert.Equal(bare.Count(c => c == '{'), bare.Count(c => c == '}'));
        Assert.Contains(@"Zo\u235?", text, StringComparison.Ordinal);
    }

    [Fact]
    public void When_html_is_written_then_text_is_text()
    {
        var text = Encoding.UTF8.GetString(HtmlDocument.Write("Letter", Letter));

        Assert.Contains("&amp; &lt;b&gt;", text, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(text, "<ul>"), Regex.Count(text, "</ul>"));
    }

    [Fact]
    public void When_a_table_is_written_then_it_quotes_only_what_it_must()
    {
        var table = new CsvTable("a.csv", "x", "y");
        table.Row("plain", "a,b");
        table.Row("say \"it\"", null);
        table.Row("two\nlines", "");

        Assert.Equal("x,y\r\nplain,\"a,b\"\r\n\"say \"\"it\"\"\",\r\n\"two\nlines\",\r\n", Encoding.UTF8.GetString(table.ToBytes()));
        Assert.Equal(3, table.RowCount);
    }

    [Fact]
    public void When_an_extract_is_written_then_its_manifest_is_last_and_true()
    {
        var table = new CsvTable("person.csv", "person_id");
        table.Row("1");
        var extract = new Extract("x", "FULL", "Mosaic", "815", new DateTimeOffset(2026, 7, 1, 2, 0, 0, TimeSpan.FromHours(1)));
        extract.Add(table);

        var files = extract.Files();

        Assert.Equal(["person.csv", "manifest.csv"], files.Select(file => file.Name));
        var hash = Convert.ToHexStringLower(SHA256.HashData(files[0].Bytes));
        Assert.Contains($"person.csv,1,{hash},2026-07-01T02:00:00+01:00,FULL,Mosaic,815,1\r\n", Encoding.UTF8.GetString(files[1].Bytes), StringComparison.Ordinal);
    }
}

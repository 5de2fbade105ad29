namespace DorsetCareRecord.Simulator.Writing.Documents;

/// <summary>Lines of a letter or report as a hospital system prints them.</summary>
internal static class PlainText
{
    public static IReadOnlyList<string> Lines(LetterText letter, int width = 78)
    {
        var lines = new List<string>();
        foreach (var block in letter.Blocks)
        {
            switch (block)
            {
                case Heading heading:
                    lines.Add("");
                    lines.Add(heading.Text.ToUpperInvariant());
                    break;
                case Paragraph paragraph:
                    lines.AddRange(paragraph.Text.Split('\n').SelectMany(line => Wrap(line, width)));
                    break;
                case Bullet bullet:
                    lines.AddRange(Wrap(bullet.Text, width - 2).Select((line, i) => (i == 0 ? "- " : "  ") + line));
                    break;
            }
        }

        return lines.Count > 0 && lines[0].Length == 0 ? lines[1..] : lines;
    }

    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var cut = text.LastIndexOf(' ', width);
            if (cut <= 0)
                cut = width;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }
}

using System.Buffers;
using System.Text;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// What PostgreSQL can hold: its text has no NUL and is valid UTF-8. NULs and the separator of lists (U+001F) are taken out,
/// a broken surrogate becomes U+FFFD. The untouched bytes are in the inbox.
/// </summary>
internal static class Storable
{
    private static readonly SearchValues<char> Suspect = SearchValues.Create(
        ['\0', '\u001f', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public static string Text(string text) => text.AsSpan().ContainsAny(Suspect) ? Clean(text) : text;

    /// <summary>The item, its canonical text, and whether anything had to be taken out of it.</summary>
    public static (Item Item, string Json, bool Altered) Item(Item item)
    {
        var json = ItemJson.Write(item);
        if (!NeedsCleaning(json))
            return (item, json, false);

        // Rare. Only in an escape can a backslash precede the u, as a literal one is itself escaped and comes in pairs.
        var clean = RemoveEscapes(json);
        var restored = ItemJson.Read(clean);
        if (item is Letter { Document: not null } letter)
            restored = (Letter)restored with { Document = letter.Document };
        return (restored, ItemJson.Write(restored), true);
    }

    private static bool NeedsCleaning(string json) =>
        json.Contains("\\u0000", StringComparison.Ordinal) || json.Contains("\\u001F", StringComparison.OrdinalIgnoreCase)
        || json.Contains("\\uFFFD", StringComparison.OrdinalIgnoreCase);

    private static string RemoveEscapes(string json)
    {
        var clean = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                clean.Append(json[i]);
                continue;
            }

            if (json[i + 1] == 'u' && json.AsSpan(i + 2, 4) is "0000" or "001F" or "001f")
            {
                i += 5;
                continue;
            }

            clean.Append(json[i]).Append(json[i + 1]);
            i++;
        }

        return clean.ToString();
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is not (0 or 0x1F))
                clean.Append(rune.ToString());
        }

        return clean.ToString();
    }
}

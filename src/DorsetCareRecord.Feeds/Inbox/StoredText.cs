using System.Security.Cryptography;
using System.Text;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Text of a sender's making, so that PostgreSQL can hold and index it: no NUL (SQLSTATE 22021), no broken surrogates,
/// and short enough for a btree entry (2,704 bytes). The untouched text is in the body.
/// </summary>
internal static class StoredText
{
    private const int Longest = 200;

    public static string? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        var clean = NeedsCleaning(text) ? Clean(text) : text;
        return clean.Length <= Longest ? clean : Cut(clean);
    }

    private static bool NeedsCleaning(string text) =>
        text.AsSpan().ContainsAny('\0', '\uFFFF') || text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value == 0 ? "\u2400" : rune.ToString());
        return clean.ToString();
    }

    /// <summary>Two long ids with the same beginning stay two.</summary>
    private static string Cut(string text) =>
        text[..160] + "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}

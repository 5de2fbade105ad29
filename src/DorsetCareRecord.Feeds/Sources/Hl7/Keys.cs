using System.Security.Cryptography;
using System.Text;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// Keys of items, made of the sender's own identifiers so that a resend has the same. Parts missing at the end leave no trace;
/// longer keys than any true identifiers make end in a digest.
/// </summary>
internal static class Keys
{
    private const int Longest = 200;

    public static string Of(params ReadOnlySpan<string?> parts)
    {
        var key = string.Join('|', parts.ToArray().Select(p => p ?? "")).TrimEnd('|');
        return key.Length <= Longest
            ? key
            : key[..(Longest / 2)] + "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>Words as part of a key: case and spacing may differ between resends.</summary>
    public static string Folded(string? words) =>
        string.Join(' ', (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}

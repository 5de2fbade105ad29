using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DorsetCareRecord.Access.Audit;

/// <summary>All anchors of a folder, checked: each signed, each tied to the one before.</summary>
/// <param name="Heads">By chain and link, the hash that was anchored.</param>
internal sealed record AnchorFile(int Count, DateTimeOffset? Last, Dictionary<string, Dictionary<long, string>> Heads)
{
    private const string Name = "audit-anchors.jsonl";
    private const string Start = "";

    internal static AnchorFile Nothing => new(0, null, []);

    internal static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Reads to the first line that is not as it was written, which is a break; what stands before it counts.</summary>
    internal static AnchorFile Read(string folder, List<Break> breaks)
    {
        using var key = AnchorKey.OpenPublic(folder);
        if (key is null || !File.Exists(PathIn(folder)))
        {
            breaks.Add(new Break("anchors", 0, "there are no anchors, or their public key is missing"));
            return Nothing;
        }

        var heads = new Dictionary<string, Dictionary<long, string>>();
        var (number, previous) = (0L, Start);
        DateTimeOffset? last = null;
        foreach (var line in File.ReadLines(PathIn(folder)))
        {
            if (Parse(line) is not { } anchor || anchor.Number != number + 1 || anchor.Previous != previous
                || anchor.Root != Anchor.RootOf(anchor.Heads) || !IsSigned(key, anchor))
            {
                breaks.Add(new Break("anchors", number + 1, "this anchor was changed, moved, put in or taken out, or its signature is another's"));
                break;
            }

            (number, previous) = (anchor.Number, HashOf(line));
            last = DateTimeOffset.Parse(anchor.At, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            foreach (var head in anchor.Heads)
            {
                if (!heads.TryGetValue(head.Chain, out var links))
                    heads[head.Chain] = links = [];
                if (!links.TryAdd(head.Link, head.Hash) && links[head.Link] != head.Hash)
                    breaks.Add(new Break(head.Chain, head.Link, "two anchors have different hashes of this line"));
            }
        }

        return new AnchorFile((int)number, last, heads);
    }

    internal static async Task<(long Number, string Previous)> LastAsync(Stream file, CancellationToken cancel)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var last = "";
        while (await reader.ReadLineAsync(cancel) is { } line)
            last = line;
        return last.Length == 0 ? (0, Start) : (Parse(last)?.Number ?? 0, HashOf(last));
    }

    private static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    private static Anchor? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Anchor>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSigned(ECDsa key, Anchor anchor)
    {
        var signature = new byte[256];
        return Convert.TryFromBase64String(anchor.Signature, signature, out var length)
            && key.VerifyData(anchor.Signed, signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }
}

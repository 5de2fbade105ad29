using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DorsetCareRecord.Access.Directory;

namespace DorsetCareRecord.Access.Audit;

/// <summary>The head of a chain at the moment of an anchor.</summary>
/// <param name="Hash">Lower-case hexadecimal.</param>
public sealed record AnchoredHead(string Chain, long Link, string Hash);

/// <summary>
/// A line of the anchor file: the Merkle root over all heads (RFC 6962, 2.1: leaves and nodes are hashed apart), signed, and
/// tied to the line before it. Text of one line, so that it can be printed and sent elsewhere.
/// </summary>
internal sealed record Anchor(long Number, string At, IReadOnlyList<AnchoredHead> Heads, string Root, string Previous, string Signature)
{
    internal byte[] Signed => Encoding.UTF8.GetBytes(
        $"{Number}\n{At}\n{string.Join('\n', Heads.Select(head => $"{head.Chain} {head.Link} {head.Hash}"))}\n{Root}\n{Previous}");

    internal static string RootOf(IReadOnlyList<AnchoredHead> heads)
    {
        byte[][] level = [.. heads.Select(head => Hash(0, Encoding.UTF8.GetBytes($"{head.Chain} {head.Link} {head.Hash}")))];
        while (level.Length > 1)
            level = [.. level.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : Hash(1, [.. pair[0], .. pair[1]]))];
        return Convert.ToHexStringLower(level.Length == 0 ? Hash(0, []) : level[0]);
    }

    private static byte[] Hash(byte kind, byte[] bytes) => SHA256.HashData([kind, .. bytes]);
}

/// <summary>
/// Writes anchors to a folder outside the database, append-only, signed with a key the database never sees. Point the folder
/// at storage that locks what is written (object lock, a partner's share), or print its lines: what counts is that whoever
/// can rewrite the database cannot rewrite this too.
/// </summary>
public sealed class Anchoring(AccessDatabase database, string folder, string keyFile, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>One line more, on disk when this returns.</summary>
    public async Task AnchorAsync(CancellationToken cancel)
    {
        var heads = new List<AnchoredHead>();
        await using (var command = database.Source.CreateCommand("select chain, link, hash from access.audit_head where link > 0 order by chain collate \"C\""))
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
                heads.Add(new(row.GetString(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2))));
        }

        using var key = AnchorKey.Open(folder, keyFile);
        // Nobody else writes meanwhile: two portals may share a folder.
        await using var file = new FileStream(AnchorFile.PathIn(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var (number, previous) = await AnchorFile.LastAsync(file, cancel);
        var anchor = new Anchor(number + 1, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), heads, Anchor.RootOf(heads), previous, "");
        anchor = anchor with { Signature = Convert.ToBase64String(key.SignData(anchor.Signed, HashAlgorithmName.SHA256)) };
        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(anchor, JsonSerializerOptions.Web) + "\n"), cancel);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>The key of the anchors, made when there is none (ECDSA P-256); its public half lies beside them.</summary>
internal static class AnchorKey
{
    private const string PublicName = "audit-anchors.pub.pem";

    internal static ECDsa Open(string folder, string keyFile)
    {
        System.IO.Directory.CreateDirectory(folder);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(keyFile))
        {
            key.ImportFromPem(File.ReadAllText(keyFile));
        }
        else
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(keyFile, options);
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        var publicFile = Path.Combine(folder, PublicName);
        if (!File.Exists(publicFile))
            File.WriteAllText(publicFile, key.ExportSubjectPublicKeyInfoPem());
        return key;
    }

    /// <summary>Null when there is none.</summary>
    internal static ECDsa? OpenPublic(string folder)
    {
        var file = Path.Combine(folder, PublicName);
        if (!File.Exists(file))
            return null;
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }
}

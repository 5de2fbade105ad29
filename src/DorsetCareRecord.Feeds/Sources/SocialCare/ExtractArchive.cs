using System.IO.Compression;
using System.Runtime.InteropServices;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>
/// The files of an extract, packed and unpacked. Sizes are counted while unpacking too: what a zip says of them may be a
/// lie (CWE-409). Names are only looked up, never used as paths (CWE-22).
/// </summary>
internal static class ExtractArchive
{
    public const int MostFiles = 50;
    public const long MostBytes = 256L << 20;

    /// <summary>The same files give the same bytes, so that an extract sent again is found to be a duplicate.</summary>
    public static byte[] Pack(IReadOnlyDictionary<string, byte[]> files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    public static (IReadOnlyDictionary<string, byte[]>? Files, Fault? Fault) Unpack(ReadOnlyMemory<byte> body)
    {
        var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), ZipArchiveMode.Read);
            return Unpack(zip);
        }
        catch (InvalidDataException)
        {
            return (null, new Fault(Reasons.Unreadable, Shape: "zip"));
        }
    }

    private static (IReadOnlyDictionary<string, byte[]>?, Fault?) Unpack(ZipArchive zip)
    {
        if (zip.Entries.Count > MostFiles)
            return (null, new Fault(Reasons.TooLarge, Shape: $"{zip.Entries.Count} files"));

        if (zip.Entries.Sum(e => e.Length) > MostBytes)
            return (null, TooLarge);

        var files = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var left = MostBytes;
        foreach (var entry in zip.Entries.Where(e => e.Name.Length > 0))
        {
            using var stream = entry.Open();
            if (Read(stream, left) is not { } content)
                return (null, TooLarge);
            left -= content.Length;
            if (!files.TryAdd(entry.Name, content))
                return (null, new Fault(Reasons.Unreadable, Shape: "one file name twice"));
        }

        return (files, null);
    }

    private static Fault TooLarge => new(Reasons.TooLarge, Shape: $"more than {MostBytes >> 20} MB unpacked");

    private static byte[]? Read(Stream stream, long most)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (content.Length + read > most)
                return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}

using DorsetCareRecord.Feeds.Sources.SocialCare;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Files;

/// <summary>An extract as it lies in a drop folder at one moment.</summary>
/// <param name="Path">The extract's folder.</param>
/// <param name="Fingerprint">Changes when a file is added, grows or is written again.</param>
/// <param name="Bytes">Of all files together.</param>
internal sealed record ExtractFolder(string Path, string Fingerprint, long Bytes)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Null while there is no manifest, which is written last.</summary>
    public static ExtractFolder? Look(string path)
    {
        var files = FilesOf(path);
        return files.Exists(f => f.Name.Equals(Manifest.File, StringComparison.OrdinalIgnoreCase))
            ? new ExtractFolder(path, string.Join('|', files.Select(f => $"{f.Name}:{f.Length}:{f.LastWriteTimeUtc.Ticks}")), files.Sum(f => f.Length))
            : null;
    }

    public IReadOnlyDictionary<string, byte[]> Read() => FilesOf(Path).ToDictionary(f => f.Name, f => File.ReadAllBytes(f.FullName));

    /// <summary>What does not match the manifest; null when all does.</summary>
    public static Fault? FaultOf(string source, IReadOnlyDictionary<string, byte[]> files)
    {
        if (files.Count > ExtractArchive.MostFiles)
            return new Fault(Reasons.TooLarge, Shape: $"{files.Count} files");
        var byName = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        return files.All(f => byName.TryAdd(f.Key, f.Value))
            ? SocialCareAdapter.Open(source, byName).Fault
            : new Fault(Reasons.Unreadable, Shape: "one file name twice");
    }

    /// <summary>Plain files only: a link could lead anywhere.</summary>
    private static List<FileInfo> FilesOf(string path) =>
        [.. new DirectoryInfo(path).EnumerateFiles().Where(f => !f.Attributes.HasFlag(FileAttributes.ReparsePoint)).OrderBy(f => f.Name, StringComparer.Ordinal)];
}

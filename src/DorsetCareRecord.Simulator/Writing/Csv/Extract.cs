using System.Globalization;
using System.Security.Cryptography;

namespace DorsetCareRecord.Simulator.Writing.Csv;

/// <summary>
/// One council extract: its tables and the manifest that seals them (docs/feeds/socialcare.md). A reader may begin only
/// when the manifest is there, so that is written last.
/// </summary>
internal sealed class Extract(string name, string scope, string sourceSystem, string councilCode, DateTimeOffset takenAt)
{
    private readonly List<CsvTable> _tables = [];

    /// <summary>Folder name, unique per extract and sorting by time.</summary>
    public string Name { get; } = name;

    public void Add(CsvTable table) => _tables.Add(table);

    /// <summary>Every file with its bytes; the manifest is the last.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Files()
    {
        var files = _tables.Select(table => (table.FileName, table.RowCount, Bytes: table.ToBytes())).ToList();
        var manifest = Manifest.Table();
        foreach (var (fileName, rows, bytes) in files)
            Manifest.Row(manifest, fileName, rows, bytes, takenAt, scope, sourceSystem, councilCode);
        return [.. files.Select(file => (file.FileName, file.Bytes)), (Manifest.FileName, manifest.ToBytes())];
    }
}

/// <summary>The manifest's layout, version 1.</summary>
internal static class Manifest
{
    public const string FileName = "manifest.csv";

    public static CsvTable Table() => new(
        FileName, "file", "row_count", "sha256", "extract_time", "scope", "source_system", "la_code", "schema_version");

    public static void Row(
        CsvTable manifest, string file, int rows, byte[] bytes, DateTimeOffset takenAt, string scope, string system, string council) =>
        manifest.Row(
            file,
            rows.ToString(CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            takenAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            scope,
            system,
            council,
            "1");
}

using System.Globalization;
using System.Security.Cryptography;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>A file as its manifest vouches for it.</summary>
/// <param name="Table">Its rows.</param>
/// <param name="Version">When the extract was taken.</param>
/// <param name="IsFull">It holds everything; what is missing has ended.</param>
internal sealed record SealedTable(CareTable Table, SourceVersion Version, bool IsFull);

/// <summary>
/// <c>manifest.csv</c>: what files the extract has, how many rows, and their SHA-256. An extract that differs from it in
/// anything is not read at all: half an extract looks like the end of many services.
/// </summary>
internal static class Manifest
{
    public const string File = "manifest.csv";

    /// <summary>The extract's tables in the manifest's order, or what does not match.</summary>
    public static (IReadOnlyList<SealedTable>? Tables, Fault? Fault) Open(string source, IReadOnlyDictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(File, out var bytes))
            return (null, Mismatch(File, "missing"));
        var (manifest, fault) = CareTable.Read(File, bytes);
        if (manifest is null)
            return (null, fault! with { Reason = Reasons.ManifestMismatch });
        if (manifest.Rows.Count == 0)
            return (null, Mismatch(File, "no rows"));

        var tables = new List<SealedTable>();
        foreach (var row in manifest.Rows)
        {
            var (table, wrong) = Open(row, source, files);
            if (table is null)
                return (null, wrong);
            if (tables.Exists(t => t.Table.File == table.Table.File))
                return (null, Mismatch(table.Table.File, "twice"));
            tables.Add(table);
        }

        return (tables, null);
    }

    private static (SealedTable?, Fault?) Open(CareRow row, string source, IReadOnlyDictionary<string, byte[]> files)
    {
        if (row.IsMisshapen || row["file"] is not { } file)
            return (null, Mismatch(File, "row without file"));
        if (row["schema_version"] is not "1")
            return (null, new Fault(Reasons.WrongVersion, $"{File}, schema_version"));
        if (row["la_code"] is { } council && council != Dorset.OrganisationOf(Dorset.SourceOf(source)?.OrganisationCode ?? "")?.Ods)
            return (null, Mismatch(File, "another council's la_code"));
        if (row["scope"]?.ToUpperInvariant() is not ("FULL" or "DELTA"))
            return (null, Mismatch(File, "scope"));
        if (row.Instant("extract_time") is not { } time)
            return (null, Mismatch(File, "extract_time"));

        var name = Known(file);
        if (!files.TryGetValue(file, out var bytes))
            return (null, Mismatch(name, "missing"));
        if (!Convert.ToHexString(SHA256.HashData(bytes)).Equals(row["sha256"], StringComparison.OrdinalIgnoreCase))
            return (null, Mismatch(name, "sha256"));
        var (table, fault) = CareTable.Read(name, bytes);
        if (table is null)
            return (null, fault);
        return table.Rows.Count.ToString(CultureInfo.InvariantCulture) == row["row_count"]
            ? (new SealedTable(table, new SourceVersion(time), row["scope"]!.Equals("FULL", StringComparison.OrdinalIgnoreCase)), null)
            : (null, Mismatch(name, $"{table.Rows.Count} rows"));
    }

    private static Fault Mismatch(string place, string shape) => new(Reasons.ManifestMismatch, place, shape);

    /// <summary>A name of the layout; a stranger's name goes into no fault.</summary>
    private static string Known(string file) =>
        file.Length <= 40 && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? file.ToLowerInvariant() : "a file";
}

using System.Security.Cryptography;
using DorsetCareRecord.Feeds.Sources.SocialCare;

namespace DorsetCareRecord.Feeds.Files.Migration;

/// <summary>A line of a crosswalk: what one system calls by the one number the other calls by the other.</summary>
/// <param name="Kind"><c>patient</c>, <c>visit</c>, <c>appointment</c>, <c>document</c>.</param>
public sealed record CrosswalkEntry(string Kind, string OldId, string NewId);

/// <param name="Entries">Every line, when there is no fault.</param>
/// <param name="Faults">File, line, column and what is wrong; never a value.</param>
/// <param name="Digest">SHA-256 over the files, in the order of their names.</param>
public sealed record CrosswalkReading(IReadOnlyList<CrosswalkEntry> Entries, IReadOnlyList<string> Faults, string Digest);

/// <summary>
/// The migration team's crosswalk: a folder with <c>patients.csv</c> and, where they have them, <c>visits.csv</c>, <c>appointments.csv</c>
/// and <c>documents.csv</c>, each with the columns <c>old_id</c> and <c>new_id</c> (UTF-8, RFC 4180). It is taken whole or not at all: a
/// crosswalk that is nearly right sends somebody's record to somebody else.
/// </summary>
public static class CrosswalkFiles
{
    private const int MostFaults = 50;
    private const int LongestId = 200;

    private static readonly (string File, string Kind)[] Files =
    [
        ("appointments.csv", "appointment"), ("documents.csv", "document"), ("patients.csv", "patient"), ("visits.csv", "visit"),
    ];

    public static async Task<CrosswalkReading> ReadAsync(string folder, CancellationToken cancellation)
    {
        var (entries, faults) = (new List<CrosswalkEntry>(), new List<string>());
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!Directory.Exists(folder))
            return new([], ["There is no crosswalk folder."], "");

        foreach (var unknown in Directory.EnumerateFiles(folder).Select(Path.GetFileName).Where(f => !Files.Any(known => known.File == f)).Order())
            faults.Add($"{unknown}: not a file of a crosswalk ({string.Join(", ", Files.Select(f => f.File))})");
        foreach (var (file, kind) in Files)
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
            {
                if (kind == "patient")
                    faults.Add($"{file}: missing");
                continue;
            }

            var bytes = await File.ReadAllBytesAsync(path, cancellation);
            digest.AppendData(bytes);
            Read(file, kind, bytes, entries, faults);
        }

        return faults.Count == 0
            ? new(entries, [], Convert.ToHexStringLower(digest.GetHashAndReset()))
            : new([], [.. faults.Take(MostFaults), .. faults.Count > MostFaults ? [$"and {faults.Count - MostFaults} more"] : (string[])[]], "");
    }

    private static void Read(string file, string kind, byte[] bytes, List<CrosswalkEntry> entries, List<string> faults)
    {
        var (table, fault) = CareTable.Read(file, bytes);
        if (table is null)
        {
            faults.Add($"{fault!.Place}: {fault.Reason}{(fault.Shape is null ? "" : $", {fault.Shape}")}");
            return;
        }

        foreach (var column in (string[])["old_id", "new_id"])
        {
            if (table.Index(column) is null)
                faults.Add($"{file}: no column {column}");
        }

        if (table.Index("old_id") is null || table.Index("new_id") is null)
            return;
        var seen = new Dictionary<string, (string New, long Line)>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (row.IsMisshapen)
            {
                faults.Add($"{CareTable.Line(file, row.Line)}: more or fewer cells than the header has");
                continue;
            }

            var (old, @new) = (Id("old_id"), Id("new_id"));
            if (old is null || @new is null)
                continue;
            if (!seen.TryGetValue(old, out var before))
            {
                seen[old] = (@new, row.Line);
                entries.Add(new CrosswalkEntry(kind, old, @new));
            }
            else if (before.New != @new)
            {
                faults.Add($"{CareTable.Line(file, row.Line)}, old_id: also on line {before.Line}, with another new_id");
            }

            string? Id(string column)
            {
                if (row[column] is not { Length: > 0 } id)
                    faults.Add($"{CareTable.Line(file, row.Line)}, {column}: empty");
                else if (id.Length > LongestId)
                    faults.Add($"{CareTable.Line(file, row.Line)}, {column}: longer than {LongestId} characters");
                else
                    return id;
                return null;
            }
        }
    }
}

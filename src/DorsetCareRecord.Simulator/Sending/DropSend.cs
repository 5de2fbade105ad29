using System.IO.Compression;
using System.Text;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>
/// Drops CSV files, a folder of them or a zip as one extract of a council, and waits until the record took it or put it
/// into quarantine (docs/feeds/socialcare.md).
/// </summary>
/// <remarks>The files go as they are, with their manifest. CSV files that came without one get a manifest, and it is said so.</remarks>
internal static class DropSend
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(
        string dropFolder, Destination to, IReadOnlyList<string> paths, TimeSpan answerWithin, TimeProvider clock, Tally tally, TextWriter output,
        CancellationToken ct)
    {
        foreach (var extract in Extracts(paths))
        {
            var files = extract.ToList();
            if (files.Count == 0)
                throw new SendException("There is no CSV file in what was given.");
            if (files.All(file => file.Name != Manifest.FileName))
            {
                files.Add((Manifest.FileName, ManifestFor(files, to, clock)));
                await output.WriteLineAsync("no manifest.csv was given: one was made (scope DELTA)");
            }

            var folder = Path.Combine(dropFolder, to.Council!);
            if (!Directory.Exists(dropFolder))
                throw new SendException($"There is no drop folder {dropFolder}; is ./dcr up running?");
            var name = $"sent-{clock.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}";
            var dropped = await DropFolder.PutAsync(folder, name, files, ct);
            var outcome = await OutcomeAsync(dropped, folder, name, answerWithin, clock, ct);
            tally.Count(outcome);
            await output.WriteLineAsync(outcome switch { true => $"taken {name}", false => $"quarantined {name}", null => "no answer" });
        }
    }

    /// <summary>A folder or a zip is an extract of its own; CSV files named singly make one together.</summary>
    private static IEnumerable<IEnumerable<(string Name, byte[] Bytes)>> Extracts(IReadOnlyList<string> paths)
    {
        var single = paths.Where(path => File.Exists(path) && !IsZip(path)).ToList();
        if (single.Count > 0)
            yield return single.Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)));
        foreach (var path in paths.Where(Directory.Exists))
            yield return Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)));
        foreach (var path in paths.Where(path => File.Exists(path) && IsZip(path)))
            yield return Unzip(path);
    }

    private static List<(string Name, byte[] Bytes)> Unzip(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var files = new List<(string, byte[])>();

            // Folders within are left out: a name never leaves the extract's own folder.
            foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0))
            {
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                files.Add((entry.Name, bytes.ToArray()));
            }

            return files;
        }
        catch (InvalidDataException e)
        {
            throw new SendException($"{path} is no zip that can be read.", e);
        }
    }

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static byte[] ManifestFor(List<(string Name, byte[] Bytes)> files, Destination to, TimeProvider clock)
    {
        var manifest = Manifest.Table();
        foreach (var (name, bytes) in files)
            Manifest.Row(manifest, name, RowsOf(bytes), bytes, clock.GetUtcNow(), "DELTA", "send", CouncilCode(to.Council!));
        return manifest.ToBytes();
    }

    /// <summary>Rows after the header; line breaks within quotes belong to their row (RFC 4180).</summary>
    internal static int RowsOf(byte[] csv)
    {
        var (rows, quoted, blank) = (0, false, true);
        foreach (var c in Encoding.UTF8.GetString(csv))
        {
            quoted ^= c == '"';
            if (c is '\n' or '\r' && !quoted)
                (rows, blank) = (blank ? rows : rows + 1, true);
            else
                blank = false;
        }

        return Math.Max(0, (blank ? rows : rows + 1) - 1);
    }

    private static string CouncilCode(string council) => council switch { "dcc" => "815", "bbc" => "810", _ => "813" };

    private static async Task<bool?> OutcomeAsync(
        string dropped, string folder, string name, TimeSpan answerWithin, TimeProvider clock, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        using var beat = new PeriodicTimer(Glance, clock);
        while (clock.GetElapsedTime(began) < answerWithin && await beat.WaitForNextTickAsync(ct))
        {
            if (Directory.Exists(dropped))
                continue;
            if (Directory.Exists(Path.Combine(folder, "done", name)))
                return true;
            if (Directory.Exists(Path.Combine(folder, "quarantine", name)))
                return false;
        }

        return null;
    }
}

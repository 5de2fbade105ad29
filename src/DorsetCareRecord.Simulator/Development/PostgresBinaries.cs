using System.Globalization;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// Where PostgreSQL's programs are: <c>DCR_PG_BIN</c>, else Debian's <c>/usr/lib/postgresql/VERSION/bin</c> (outside everybody's PATH),
/// else PATH.
/// </summary>
internal sealed record PostgresBinaries(string Folder)
{
    private const string DebianRoot = "/usr/lib/postgresql";

    public string InitDb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <param name="major">The version that made the data folder, preferred when it is still installed; null for the newest.</param>
    public static PostgresBinaries Find(string? major = null)
    {
        if (Environment.GetEnvironmentVariable("DCR_PG_BIN") is { Length: > 0 } told)
            return Has(told) ? new(told) : throw new DevelopmentException($"DCR_PG_BIN names {told}, but there is no initdb and postgres in it.");

        var folder = DebianFolders(major).Concat(PathFolders()).FirstOrDefault(Has);
        return folder is not null
            ? new(folder)
            : throw new DevelopmentException("PostgreSQL is not installed: run  sudo apt-get install -y postgresql  or set DCR_PG_BIN to its programs.");
    }

    private static bool Has(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static IEnumerable<string> DebianFolders(string? major) => !Directory.Exists(DebianRoot)
        ? []
        : Directory.EnumerateDirectories(DebianRoot)
            .OrderByDescending(d => Path.GetFileName(d) == major)
            .ThenByDescending(d => double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0)
            .Select(d => Path.Combine(d, "bin"));

    private static string[] PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
}

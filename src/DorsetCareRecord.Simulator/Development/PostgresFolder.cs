using System.Diagnostics;
using System.Globalization;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>A data folder of PostgreSQL and the password of its owner beside it (<c>FOLDER.password</c>, mode 0600).</summary>
internal sealed class PostgresFolder(string path)
{
    public string Data { get; } = path;

    public string PasswordFile => Data + ".password";

    private string VersionFile => Path.Combine(Data, "PG_VERSION");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    public bool IsNew => !Directory.Exists(Data) || !Directory.EnumerateFileSystemEntries(Data).Any();

    /// <summary>Major version that made the folder; null for a new one.</summary>
    public string? Version => File.Exists(VersionFile) ? File.ReadAllText(VersionFile).Trim() : null;

    /// <summary>Throws the one sentence that says what is wrong with a folder that is not new.</summary>
    public void Check()
    {
        if (IsNew)
            return;
        if (Version is not { Length: > 0 } || !File.Exists(Path.Combine(Data, "global", "pg_control")))
            throw new DevelopmentException($"The data folder {Data} is broken (it is not a PostgreSQL data folder): move it away, or begin afresh with --fresh.");
        if (!File.Exists(PasswordFile))
            throw new DevelopmentException($"The data folder {Data} is there but its password file {PasswordFile} is missing: put it back, or begin afresh with --fresh.");
    }

    public string NewPassword()
    {
        var password = Secret.NewPassword();
        Secret.Write(PasswordFile, password);
        return password;
    }

    public string ReadPassword() => File.ReadAllText(PasswordFile).Trim();

    /// <summary>
    /// The server that holds the folder, if one does. A postmaster.pid left by a power cut is removed when its number now belongs
    /// to another program, for PostgreSQL itself would then refuse to start.
    /// </summary>
    public int? Holder()
    {
        if (PidLines() is not [var first, ..] || !int.TryParse(first, CultureInfo.InvariantCulture, out var id))
            return null;
        try
        {
            using var process = Process.GetProcessById(id);
            if (process.ProcessName is "postgres" or "postmaster")
                return id;
            File.Delete(PidFile);
            return null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Line 8 of postmaster.pid is what <c>pg_ctl --wait</c> watches.</summary>
    public bool IsReady(int port) =>
        PidLines() is { Length: >= 8 } lines && lines[7].Trim() == "ready" && lines[3].Trim() == port.ToString(CultureInfo.InvariantCulture);

    private string[] PidLines()
    {
        try
        {
            return File.Exists(PidFile) ? File.ReadAllLines(PidFile) : [];
        }
        catch (IOException)
        {
            return [];
        }
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// As whom PostgreSQL runs. It refuses to run as root, so root becomes somebody else for it: in a user namespace where that is
/// allowed (no change of owner, works even in a clone under /root), else by <c>setpriv</c> as the account <c>postgres</c>.
/// </summary>
/// <param name="Prefix">Words in front of every command of PostgreSQL.</param>
/// <param name="GivesFilesAway">Whether the data folder must belong to that other account.</param>
internal sealed record PostgresAccount(IReadOnlyList<string> Prefix, bool GivesFilesAway)
{
    private string _owner = "";

    public static PostgresAccount Choose()
    {
        if (Environment.UserName != "root" && !Environment.IsPrivilegedProcess)
            return new([], GivesFilesAway: false);

        // Any account will do, but it must have an entry: initdb looks its own name up.
        var (user, group) = IdsOf("postgres") ?? IdsOf("nobody")
            ?? throw new DevelopmentException("PostgreSQL does not run as root and there is no account postgres or nobody: run as an ordinary user.");
        string[] space = ["unshare", "--user", $"--map-user={user}", $"--map-group={group}"];
        if (Succeeds([.. space, "true"]))
            return new(space, GivesFilesAway: false);
        string[] drop = ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups"];
        return Succeeds([.. drop, "true"])
            ? new PostgresAccount(drop, GivesFilesAway: true) { _owner = $"{user}:{group}" }
            : throw new DevelopmentException("PostgreSQL does not run as root and neither unshare nor setpriv works here: run as an ordinary user.");
    }

    /// <summary>
    /// The folder itself, or one under /var/tmp named after it when the other account cannot walk to it. The folder's parent
    /// exists and may be written by PostgreSQL when this returns.
    /// </summary>
    public string PlaceFor(string folder)
    {
        var parent = Path.GetDirectoryName(folder)!;
        if (GivesFilesAway && !Succeeds([.. Prefix, "test", "-x", parent]))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
            parent = $"/var/tmp/dcr-{hash}";
            folder = Path.Combine(parent, Path.GetFileName(folder));
        }

        Directory.CreateDirectory(parent);
        return folder;
    }

    /// <summary>Makes the empty folder of a new cluster, private to the account.</summary>
    public void MakePrivate(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (GivesFilesAway && !Succeeds(["chown", _owner, folder]))
            throw new DevelopmentException($"The data folder {folder} could not be given to the account of PostgreSQL.");
    }

    private static (string User, string Group)? IdsOf(string name) => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(entry => entry.Length > 3 && entry[0] == name)
        .Select(entry => ((string, string)?)(entry[2], entry[3]))
        .FirstOrDefault();

    private static bool Succeeds(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

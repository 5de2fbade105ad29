namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// The folder <c>.local</c> of the clone, where everything lies that a run keeps: data, keys, passwords, logs, drop folders. One
/// <c>up</c> at a time holds it.
/// </summary>
internal sealed class LocalState : IDisposable
{
    private readonly FileStream _lock;

    private LocalState(string root, FileStream held) => (Root, _lock) = (root, held);

    public string Root { get; }

    public string Postgres => Path.Combine(Root, "postgres");

    public string Logs => Path.Combine(Root, "logs");

    public string SignInKeys => Path.Combine(Root, "sign-in");

    public string Passwords => Path.Combine(Root, "passwords");

    /// <summary>Where the audit is anchored, apart from the database's own folder.</summary>
    public string AuditAnchors => Path.Combine(Root, "audit");

    public string Drop => Path.Combine(Root, "drop");

    /// <summary>What <c>up</c> chose, for the operator's commands (docs/house.md).</summary>
    public string UpFile => Path.Combine(Root, "up.json");

    /// <summary>Which county has been loaded into the kept data.</summary>
    public string County => Path.Combine(Root, "county.json");

    /// <summary>How far the county has lived.</summary>
    public string CountyLife => Path.Combine(Root, "county-live.json");

    /// <summary>
    /// <c>DCR_ROOT</c>, else the current folder. The lock is the kernel's, so it ends with the process however that ends; the
    /// script <c>dcr</c> looks at the same one.
    /// </summary>
    public static LocalState Hold()
    {
        var root = Path.Combine(Path.GetFullPath(Environment.GetEnvironmentVariable("DCR_ROOT") is { Length: > 0 } told ? told : "."), ".local");
        try
        {
            Directory.CreateDirectory(root);
            return new LocalState(root, new FileStream(Path.Combine(root, "up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new DevelopmentException($"The folder {root} cannot be written: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw new DevelopmentException($"The Dorset Care Record is already running on {root}: stop the other ./dcr up first.", fault);
        }
    }

    /// <summary>Erases what was kept; logs and the notes of the build stay.</summary>
    public void Wipe()
    {
        var data = EmbeddedPostgres.PlaceOf(Postgres);
        foreach (var folder in (string[])[data, data + ".new", SignInKeys, Passwords, Drop])
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        foreach (var file in (string[])[data + ".password", UpFile, County, CountyLife])
            File.Delete(file);
    }

    public string Log(string name) => Path.Combine(Logs, $"{name}.log");

    public void Dispose() => _lock.Dispose();
}

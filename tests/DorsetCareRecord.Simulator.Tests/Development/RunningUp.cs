using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DorsetCareRecord.Simulator.Development;

namespace DorsetCareRecord.Simulator.Tests.Development;

/// <summary>
/// <c>up</c> as a process on a folder and ports of its own. Every process it starts carries the folder's name in its environment,
/// by which the survivors are found.
/// </summary>
internal sealed class RunningUp : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly string[] s_ports = ["DCR_MLLP_SYSTEMC", "DCR_MLLP_CAMIS", "DCR_MLLP_CARECENTRIC", "DCR_MLLP_CARECENTRIC_RBCH"];
    private static readonly string[] s_addresses = ["DCR_PORTAL_URL", "DCR_SIGNIN_URL", "DCR_DOOR_URL"];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningUp(string folder, Process process) => (Folder, _process) = (folder, process);

    /// <summary>The clone's stand-in: <c>.local</c> is made in it.</summary>
    public string Folder { get; }

    public int Id => _process.Id;

    public string Errors { get; private set; } = "";

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static RunningUp Start(string folder, IReadOnlyDictionary<string, string>? variables = null, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), "up", .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DCR_", StringComparison.Ordinal) && name != "DCR_PG_BIN").ToList())
            start.Environment.Remove(name);
        start.Environment["DCR_ROOT"] = folder;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var name in s_ports)
            start.Environment[name] = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        foreach (var name in s_addresses)
            start.Environment[name] = $"http://127.0.0.1:{FreePort.Find()}";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var up = new RunningUp(folder, Process.Start(start)!);
        up._process.OutputDataReceived += (_, line) => up.Hear(line.Data);
        up._process.BeginOutputReadLine();
        return up;
    }

    /// <summary>Returns when the address has been printed; throws with what was said when it ended before.</summary>
    public async Task OpenAsync()
    {
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(_open.Task, ended).WaitAsync(Limit);
        if (!_open.Task.IsCompleted)
            throw new InvalidOperationException($"up ended with code {await EndAsync()}: {Errors}{Output}");
    }

    public async Task<int> EndAsync()
    {
        Errors += await _process.StandardError.ReadToEndAsync().WaitAsync(Limit);
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return _process.ExitCode;
    }

    /// <param name="signal">TERM, KILL ...</param>
    public static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>What <c>up</c> wrote for the operator's commands.</summary>
    public Dictionary<string, string> Settings() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(UpFile))!;

    public string UpFile => Path.Combine(Folder, ".local", "up.json");

    /// <summary>Every process of the run but itself, by id and command line.</summary>
    public Dictionary<int, string> Others()
    {
        Dictionary<int, string> others = [];
        foreach (var place in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(place), out var id) && id != Id && Read(place, "environ").Contains($"DCR_ROOT={Folder}\0", StringComparison.Ordinal))
                others[id] = Read(place, "cmdline").Replace('\0', ' ');
        return others;
    }

    /// <summary>Returns when each of them has ended.</summary>
    public static async Task GoneAsync(IEnumerable<int> ids)
    {
        foreach (var id in ids)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                await process.WaitForExitAsync().WaitAsync(Limit);
            }
            catch (ArgumentException)
            {
                // Gone already.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            var others = Others().Keys.ToList();
            _process.Kill();
            await GoneAsync(others);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
        if (line?.StartsWith("Open http", StringComparison.Ordinal) == true)
            _open.TrySetResult();
    }

    private static string Read(string place, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(place, name));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The simulator in its own build folder, beside which the worker's and the portal's are.</summary>
    private static string Program()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var clone = here;
        while (clone is not null && !File.Exists(Path.Combine(clone.FullName, "DorsetCareRecord.sln")))
            clone = clone.Parent;
        return Path.Combine(clone!.FullName, "src", "DorsetCareRecord.Simulator", "bin", here.Parent!.Name, here.Name, "DorsetCareRecord.Simulator.dll");
    }
}

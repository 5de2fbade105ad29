using System.Collections.Concurrent;
using System.Diagnostics;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Simulator.Development;

namespace DorsetCareRecord.Faults.House;

/// <summary>
/// The worker as the process it is in production, on ports of its own; it can be killed like one, paused, and started again. It ends with us:
/// it reads a pipe that only we hold open.
/// </summary>
internal sealed class WorkerProcess(string workerDatabase, int number = 0) : IDisposable
{
    public const string DoorKey = "a-key-for-tests-only";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);
    private readonly Dictionary<string, int> _ports = new()
    {
        [SourceCodes.SystemC] = FreePort.Find(),
        [SourceCodes.Camis] = FreePort.Find(),
        [SourceCodes.CareCentric] = FreePort.Find(),
        [SourceCodes.CareCentricBournemouth] = FreePort.Find(),
    };

    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    /// <summary>The application name of its connections.</summary>
    public string Name { get; } = $"dcr-worker-{number}";

    public Uri Door { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    /// <summary>Holds one folder a council.</summary>
    public string Drop { get; } = Path.Combine(Path.GetTempPath(), $"dcr-worker-{Guid.NewGuid():n}");

    /// <summary>Further variables of the environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Null while it is dead.</summary>
    public int? Id => _process?.Id;

    /// <summary>Everything it logged, over all its lives.</summary>
    public IEnumerable<string> Log => _log;

    public int PortOf(string source) => _ports[source];

    public async Task StartAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(ReadyWithin);
        _process = Process.Start(Command([]))!;
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await beat.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The worker did not start: {await _process.StandardError.ReadToEndAsync(cancel)}");
            try
            {
                using var answer = await client.GetAsync(new Uri(Door, "/health/ready"), limit.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !limit.IsCancellationRequested))
            {
                // Not yet.
            }
        }
    }

    /// <summary>SIGKILL: nothing of it gets to finish anything.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancel);
        _process.Dispose();
        _process = null;
    }

    public async Task KillAndStartAsync(CancellationToken cancel)
    {
        await KillAsync(cancel);
        await StartAsync(cancel);
    }

    /// <summary>SIGSTOP: as a virtual machine that is moved, or a host that swaps.</summary>
    public void Pause() => Signal.Send("STOP", _process!.Id);

    public void Resume() => Signal.Send("CONT", _process!.Id);

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMebibytes()
    {
        _process!.Refresh();
        return _process.WorkingSet64 / 1048576.0;
    }

    /// <summary>Runs an operator's command to its end: exit code and what it printed.</summary>
    public async Task<(int Code, string Said)> AskAsync(CancellationToken cancel, params string[] words)
    {
        using var process = Process.Start(Command(words))!;
        var said = process.StandardOutput.ReadToEndAsync(cancel);
        var complained = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await said + await complained);
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        if (Directory.Exists(Drop))
            Directory.Delete(Drop, recursive: true);
    }

    private ProcessStartInfo Command(string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Worker.Commands.Usage).Assembly.Location, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DCR_DATABASE");
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["DCR_STOP_WITH_PARENT"] = words.Length == 0 ? "1" : "";
        start.Environment["DCR_WORKER_DATABASE"] = $"{workerDatabase};Application Name={Name}";
        start.Environment["DCR_DOOR_URL"] = Door.ToString();
        start.Environment["DCR_DOOR_KEY_GP"] = DoorKey;
        start.Environment["DCR_MLLP_SYSTEMC"] = $"{_ports[SourceCodes.SystemC]}";
        start.Environment["DCR_MLLP_CAMIS"] = $"{_ports[SourceCodes.Camis]}";
        start.Environment["DCR_MLLP_CARECENTRIC"] = $"{_ports[SourceCodes.CareCentric]}";
        start.Environment["DCR_MLLP_CARECENTRIC_RBCH"] = $"{_ports[SourceCodes.CareCentricBournemouth]}";
        start.Environment["DCR_DROP"] = Drop;
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        return start;
    }
}

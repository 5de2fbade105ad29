using System.Diagnostics;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>The worker as the process it is in production, on ports of its own; it can be killed like one and started again.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly TestDatabase _database;
    private readonly string _drop = Path.Combine(Path.GetTempPath(), $"dcr-worker-{Guid.NewGuid():n}");
    private readonly Uri _door = new($"http://127.0.0.1:{FreePort.Find()}");
    private readonly int _camis = FreePort.Find();
    private readonly int _careCentric = FreePort.Find();
    private Process? _process;

    public WorkerProcess(TestDatabase database) => _database = database;

    /// <summary>Port of the listener for System C.</summary>
    public int SystemC { get; } = FreePort.Find();

    public async Task StartAsync(CancellationToken cancel)
    {
        _process = Process.Start(Command([]))!;
        _ = _process.StandardOutput.ReadToEndAsync(cancel);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await beat.WaitForNextTickAsync(cancel))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The worker did not start: {await _process.StandardError.ReadToEndAsync(cancel)}");
            try
            {
                using var answer = await client.GetAsync(new Uri(_door, "/health/ready"), cancel);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
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
        if (Directory.Exists(_drop))
            Directory.Delete(_drop, recursive: true);
    }

    private ProcessStartInfo Command(string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Commands.Usage).Assembly.Location, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DCR_DATABASE");
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["DCR_STOP_WITH_PARENT"] = words.Length == 0 ? "1" : "";
        start.Environment["DCR_WORKER_DATABASE"] = _database.Worker;
        start.Environment["DCR_DOOR_URL"] = _door.ToString();
        start.Environment["DCR_DOOR_KEY_GP"] = "a-key-for-tests-only";
        start.Environment["DCR_MLLP_SYSTEMC"] = $"{SystemC}";
        start.Environment["DCR_MLLP_CAMIS"] = $"{_camis}";
        start.Environment["DCR_MLLP_CARECENTRIC"] = $"{_careCentric}";
        start.Environment["DCR_DROP"] = _drop;
        return start;
    }
}

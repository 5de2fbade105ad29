using System.Diagnostics;

namespace DorsetCareRecord.EndToEnd.House;

/// <summary>
/// A host as the process it is in production, from its own build folder. It stops when its standard input closes, so a
/// killed test run leaves nothing behind.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _room;
    private readonly Process _process;
    private readonly List<string> _said = [];

    private HostProcess(string room, Process process) => (_room, _process) = (room, process);

    /// <summary>What it wrote; for a failing test and for looking for what must not be there.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
                return [.. _said];
        }
    }

    public static async Task<HostProcess> StartAsync(string room, Uri ready, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program(room)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DCR_DATABASE");
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["DCR_STOP_WITH_PARENT"] = "1";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var host = new HostProcess(room, process);
        process.OutputDataReceived += host.Hear;
        process.ErrorDataReceived += host.Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await host.ReadyAsync(ready);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        await KeepLogAsync();
    }

    /// <summary>For whoever looks into a failed run.</summary>
    private async Task KeepLogAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "logs"));
        await File.WriteAllLinesAsync(Path.Combine(folder.FullName, $"{_room}.log"), Said);
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_said)
            _said.Add(line.Data);
    }

    private async Task ReadyAsync(Uri ready)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        while (await beat.WaitForNextTickAsync())
        {
            if (_process.HasExited || clock.Elapsed > StartLimit)
                throw new InvalidOperationException($"{_room} did not start:\n{string.Join('\n', Said)}");
            try
            {
                using var answer = await client.GetAsync(ready);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // not yet, or too busy to answer yet
            }
        }
    }

    /// <summary>The root of the clone: tests/X/bin/Release/net10.0 is where a test runs.</summary>
    internal static string Root => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    private static string Program(string room)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root, "src", room, "bin", here.Parent!.Name, here.Name, room + ".dll");
    }
}

using System.Diagnostics;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// The worker or the portal as the process it is in production. Its standard input is a pipe that only we hold open
/// (<c>DCR_STOP_WITH_PARENT</c>): closing it asks for an orderly stop, and the kernel closes it when we are killed.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _name;
    private readonly string _log;
    private readonly Process _process;

    private HostProcess(string name, string log, Process process) => (_name, _log, _process) = (name, log, process);

    public static HostProcess Start(string name, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> settings, LocalState state)
    {
        Directory.CreateDirectory(state.Logs);
        var log = state.Log(name);
        // In a session of its own, so that Ctrl-C in a terminal reaches us alone and we stop them in order.
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "exec \"$@\" >\"$0\" 2>&1", log, Dotnet, Program(name), .. words])
        {
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(state.Root)!,
        };
        foreach (var variable in (string[])["ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "DCR_DATABASE"])
            start.Environment.Remove(variable);
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["DCR_STOP_WITH_PARENT"] = "1";
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        return new HostProcess(name, log, Process.Start(start)!);
    }

    /// <summary>Runs a command of the host to its end.</summary>
    public static async Task RunAsync(
        string name, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> settings, LocalState state, CancellationToken cancel)
    {
        await using var host = Start(name, words, settings, state);
        await host._process.WaitForExitAsync(cancel);
        if (host._process.ExitCode != 0)
            throw new DevelopmentException($"{name} {string.Join(' ', words.Take(2))} failed: {host.LastWords()} (see {host._log}).");
    }

    /// <summary>Returns when the address answers 200; throws when the process ends before.</summary>
    public async Task ReadyAsync(Uri health, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync(client, health, cancel))
        {
            if (_process.HasExited)
                throw Ended();
            if (clock.Elapsed > StartLimit)
                throw new DevelopmentException($"The {_name} was not ready after {StartLimit.TotalSeconds:0} seconds: {LastWords()} (see {_log}).");
            await Task.Delay(Look, cancel);
        }
    }

    /// <summary>Never returns: throws when the process ends unasked.</summary>
    public async Task WatchAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        throw Ended();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopLimit);
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
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri health, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync(health, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private DevelopmentException Ended() => new($"The {_name} stopped with code {_process.ExitCode}: {LastWords()} (see {_log}).");

    private string LastWords() => File.Exists(_log)
        ? File.ReadLines(_log).LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() ?? "it said nothing"
        : "it said nothing";

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    /// <summary>The host's program in the build that we run from: the same configuration, in the neighbouring room.</summary>
    private static string Program(string name)
    {
        var room = $"DorsetCareRecord.{char.ToUpperInvariant(name[0])}{name[1..]}";
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var file = Path.Combine(here.Parent!.Parent!.Parent!.Parent!.FullName, room, "bin", here.Parent.Name, here.Name, room + ".dll");
        return File.Exists(file) ? file : throw new DevelopmentException($"The {name} is not built ({file} is missing): start it with ./dcr up.");
    }
}

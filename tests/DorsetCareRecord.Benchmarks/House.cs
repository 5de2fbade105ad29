using System.Diagnostics;
using System.Net;
using System.Text.Json;
using DorsetCareRecord.Simulator.Development;
using Npgsql;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// The whole house as <c>./dcr up</c> runs it, on free ports and with state of its own under <c>artifacts/bench-house</c>: the very processes
/// people use, a durable PostgreSQL, a loaded county. It ends with this process.
/// </summary>
internal sealed class House : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private readonly Process _up;

    private House(Process up, IReadOnlyDictionary<string, string> settings)
    {
        (_up, Settings) = (up, settings);
        Owner = NpgsqlDataSource.Create(settings["DCR_OWNER_DATABASE"]);
    }

    /// <summary>The variables of docs/house.md as this run uses them, and the owner's connection string.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public NpgsqlDataSource Owner { get; }

    public Uri Portal => new(Settings["DCR_PORTAL_URL"]);

    /// <summary>Process of the development host; the worker, portal and PostgreSQL are below it.</summary>
    public int ProcessId => _up.Id;

    public static async Task<House> StartAsync(string root, int people)
    {
        var state = Path.Combine(root, "artifacts", "bench-house");
        Directory.CreateDirectory(state);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = state,
            ArgumentList =
            {
                Path.Combine(root, "src", "DorsetCareRecord.Simulator", "bin", "Release", "net10.0", "DorsetCareRecord.Simulator.dll"),
                "up", "--fresh", "--people", $"{people}", "--rate", "0",
            },
            Environment =
            {
                ["DCR_ROOT"] = state,
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["DCR_PORTAL_URL"] = $"http://127.0.0.1:{FreePort.Find()}",
                ["DCR_SIGNIN_URL"] = $"http://127.0.0.1:{FreePort.Find()}",
                ["DCR_DOOR_URL"] = $"http://127.0.0.1:{FreePort.Find()}",
                ["DCR_MLLP_SYSTEMC"] = $"{FreePort.Find()}",
                ["DCR_MLLP_CAMIS"] = $"{FreePort.Find()}",
                ["DCR_MLLP_CARECENTRIC"] = $"{FreePort.Find()}",
                ["DCR_MLLP_CARECENTRIC_RBCH"] = $"{FreePort.Find()}",
            },
        };
        start.Environment.Remove("DCR_DATABASE");
        var up = Process.Start(start)!;
        _ = DrainAsync(up.StandardOutput);
        try
        {
            var house = new House(up, await LoadedAsync(up, Path.Combine(state, ".local")));
            // Pages are measured, not the question before them: this house asks nobody why they look.
            await using var ask = house.Owner.CreateCommand("update access.policy_setting set value = 'none' where name = 'relationship'");
            await ask.ExecuteNonQueryAsync();
            return house;
        }
        catch
        {
            up.Kill(entireProcessTree: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        using var kill = Process.Start("kill", ["-TERM", $"{_up.Id}"]);
        await _up.WaitForExitAsync();
        _up.Dispose();
    }

    /// <summary>Resident memory of the portal's or the worker's process, in MiB.</summary>
    public static double MemoryOf(string room, string root)
    {
        var program = Path.Combine(root, "src", $"DorsetCareRecord.{room}", "bin", "Release", "net10.0", $"DorsetCareRecord.{room}.dll");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid))
                continue;
            try
            {
                var words = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
                if (words.Contains(program))
                    return Cpu.ResidentMebibytes(pid);
            }
            catch (IOException)
            {
                // Ended meanwhile.
            }
        }

        return 0;
    }

    private static async Task<IReadOnlyDictionary<string, string>> LoadedAsync(Process up, string local)
    {
        var clock = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await tick.WaitForNextTickAsync())
        {
            if (up.HasExited)
                throw new InvalidOperationException($"The house did not start (exit code {up.ExitCode}); see {local}/logs.");
            if (clock.Elapsed > StartLimit)
                throw new InvalidOperationException($"The county was not loaded within {StartLimit.TotalMinutes} minutes; see {local}/logs.");
            if (Read(Path.Combine(local, "county.json")) is { } county && county.RootElement.GetProperty("loaded").GetBoolean()
                && Read(Path.Combine(local, "up.json")) is { } settings)
            {
                var values = settings.RootElement.Deserialize<Dictionary<string, string>>()!;
                values["DCR_OWNER_DATABASE"] = values["DCR_DATABASE"];
                return values;
            }
        }

        throw new InvalidOperationException("Stopped while starting.");
    }

    private static JsonDocument? Read(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private static async Task DrainAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            Console.WriteLine($"    {line}");
    }
}

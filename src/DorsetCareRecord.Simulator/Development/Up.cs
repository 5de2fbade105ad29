using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using DorsetCareRecord.Simulator.Development.SignIn;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>
/// The development host: everything a newcomer needs to see the record live, on this machine alone. It starts the real worker and
/// portal as the processes they are in production and stops all it started, whatever happens.
/// </summary>
/// <param name="county">Speaks on the wire for the county until cancelled; null where there is none.</param>
public sealed class Up(UpOptions options, Func<CountyPlan, CancellationToken, Task>? county, TimeProvider clock)
{
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<Task> _watched = [];

    /// <summary>The exit code: 0 when told to stop, 1 with one sentence on standard error when it could not go on.</summary>
    public async Task<int> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
        using var hangUp = OnSignal(PosixSignal.SIGHUP, stop);
        try
        {
            using var state = LocalState.Hold();
            using var running = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            try
            {
                await StartAsync(state, running.Token);
                await await Task.WhenAny(_watched);
            }
            finally
            {
                await running.CancelAsync();
                await StopAsync(state);
            }

            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return 0;
        }
        catch (DevelopmentException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    /// <summary>The first signal asks for an orderly stop; a second one ends us, and the kernel tells the others.</summary>
    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });

    private async Task StartAsync(LocalState state, CancellationToken cancel)
    {
        if (PretendOnly.Refusal(Environment.GetEnvironmentVariable) is { } refusal)
            throw new DevelopmentException(refusal);
        if (options.Fresh)
            Wipe(state);
        var settings = new HouseSettings(state);
        settings.CheckPorts();

        var database = await OpenDatabaseAsync(state, settings, cancel);
        await Task.WhenAll(StartSignInAsync(state, settings, cancel), MigrateAsync(state, settings, cancel));
        await StartHostsAsync(state, settings, cancel);
        Secret.Write(state.UpFile, JsonSerializer.Serialize(settings.All));
        Welcome(settings);
        StartCounty(state, settings, database, cancel);
    }

    private static void Wipe(LocalState state)
    {
        if (HouseSettings.Given("DCR_DATABASE") is not null)
            throw new DevelopmentException("--fresh erases the private database only, and DCR_DATABASE names one of yours: empty that yourself.");
        state.Wipe();
        Say("fresh", "the kept data are erased");
    }

    private async Task<HouseDatabase> OpenDatabaseAsync(LocalState state, HouseSettings settings, CancellationToken cancel)
    {
        var database = await HouseDatabase.OpenAsync(state, cancel);
        _started.Push(database);
        settings["DCR_DATABASE"] = database.Owner;
        settings["DCR_WORKER_DATABASE"] =
            HouseSettings.Given("DCR_WORKER_DATABASE") ?? database.For("dcr_worker", settings["DCR_WORKER_PASSWORD"]);
        settings["DCR_PORTAL_DATABASE"] =
            HouseSettings.Given("DCR_PORTAL_DATABASE") ?? database.For("dcr_portal", settings["DCR_PORTAL_PASSWORD"]);
        Done("database", database.IsPrivate ? $"private PostgreSQL in {state.Postgres}" : database.Place);
        _watched.Add(WatchAsync(database));
        return database;

        async Task WatchAsync(HouseDatabase watched)
        {
            await watched.Stopped.WaitAsync(cancel);
            throw new DevelopmentException($"PostgreSQL stopped (see {state.Log("postgres")}).");
        }
    }

    private async Task StartSignInAsync(LocalState state, HouseSettings settings, CancellationToken cancel)
    {
        if (!settings.HasDevelopmentSignIn)
        {
            Done("sign-in", $"{settings["DCR_OIDC_AUTHORITY"]} (yours)");
            return;
        }

        var host = await SignInHost.StartAsync(
            new SignInOptions
            {
                Address = settings.SignInAddress,
                Portals = [settings.Portal, .. HouseSettings.Given("DCR_PORTAL_PUBLIC_URL") is { } other ? (Uri[])[new Uri(other)] : []],
                KeyFolder = state.SignInKeys,
            }, cancel);
        _started.Push(host);
        await host.WarmAsync(cancel);
        Done("sign-in", settings["DCR_SIGNIN_URL"]);
    }

    private async Task MigrateAsync(LocalState state, HouseSettings settings, CancellationToken cancel)
    {
        await HostProcess.RunAsync("worker", ["migrate"], settings.All, state, cancel);
        await HostProcess.RunAsync("portal", ["migrate"], settings.All, state, cancel);
        Done("schema", "inbox, record and access are up to date");
        await HostProcess.RunAsync("portal", ["directory", "import", DemoDirectory.File], settings.All, state, cancel);
        Done("directory", $"{DemoDirectory.Load().Users.DistinctBy(user => user.Subject).Count()} demo users of eight organisations");
    }

    private async Task StartHostsAsync(LocalState state, HouseSettings settings, CancellationToken cancel)
    {
        foreach (var council in (string[])["dcc", "bbc", "bop"])
            Directory.CreateDirectory(Path.Combine(settings["DCR_DROP"], council));
        // As in production they know their own role's connection only.
        var known = settings.All.Where(setting => setting.Key is not "DCR_DATABASE").ToDictionary();
        var worker = HostProcess.Start("worker", [], known.Where(s => s.Key is not "DCR_PORTAL_DATABASE").ToDictionary(), state);
        _started.Push(worker);
        var portal = HostProcess.Start("portal", [], known.Where(s => s.Key is not "DCR_WORKER_DATABASE").ToDictionary(), state);
        _started.Push(portal);

        await worker.ReadyAsync(new Uri(settings.Door, "/health/ready"), cancel);
        Done("worker", $"MLLP on {settings["DCR_MLLP_SYSTEMC"]}, {settings["DCR_MLLP_CAMIS"]}, {settings["DCR_MLLP_CARECENTRIC"]}, {settings["DCR_MLLP_CARECENTRIC_RBCH"]}; "
            + $"door {settings["DCR_DOOR_URL"]}; drop folders in {settings["DCR_DROP"]}");
        await portal.ReadyAsync(new Uri(settings.Portal, "/health/ready"), cancel);
        Done("portal", settings["DCR_PORTAL_URL"]);
        _watched.Add(worker.WatchAsync(cancel));
        _watched.Add(portal.WatchAsync(cancel));
    }

    private static void Welcome(HouseSettings settings)
    {
        Console.WriteLine();
        Console.WriteLine($"Open {settings["DCR_PORTAL_URL"]} and sign in as one of these (no password):");
        Console.WriteLine();
        if (settings.HasDevelopmentSignIn)
            foreach (var user in DemoDirectory.Load().Users)
                Console.WriteLine($"  {user.Subject,-18} {user.Name,-20} {user.Role,-13} {user.Organisation}");
        Console.WriteLine();
        Console.WriteLine("Ctrl-C stops everything.");
    }

    private void StartCounty(LocalState state, HouseSettings settings, HouseDatabase database, CancellationToken cancel)
    {
        if (!options.Simulates || county is null)
            return;
        var kept = CountyNote.Read(state.County) is { } note && note.Database == database.Place ? note : null;
        var wanted = kept ?? new CountyNote(options.People, options.Seed, clock.GetUtcNow(), Loaded: false, database.Place);
        if (kept is not null && (kept.People, kept.Seed) != (options.People, options.Seed))
            Say("county", $"the kept one of {kept.People} people (seed {kept.Seed}) goes on; --fresh makes another");
        if (kept is null)
            wanted.Write(state.County);

        _watched.Add(WatchAsync(county(new CountyPlan
        {
            County = wanted,
            Rate = options.Rate,
            Settings = settings.All,
            Loaded = () => (wanted with { Loaded = true }).Write(state.County),
        }, cancel)));

        // A county that has nothing more to say is no reason to stop; one that failed is.
        async Task WatchAsync(Task speaking)
        {
            try
            {
                await speaking;
            }
            catch (Exception fault) when (fault is not OperationCanceledException and not DevelopmentException)
            {
                await File.WriteAllTextAsync(state.Log("county"), fault.ToString(), CancellationToken.None);
                throw new DevelopmentException($"The synthetic county stopped: {fault.Message} (see {state.Log("county")}).", fault);
            }

            await Task.Delay(Timeout.Infinite, cancel);
        }
    }

    /// <summary>In the reverse order of starting, the database last. One that fails to stop does not keep the others running.</summary>
    private async Task StopAsync(LocalState state)
    {
        // What was watched ends by itself once cancelled; its last error is not news any more.
        await Task.WhenAny(Task.WhenAll(_watched), Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None));
        File.Delete(state.UpFile);
        while (_started.TryPop(out var part))
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception fault) when (fault is IOException or InvalidOperationException)
            {
                await Console.Error.WriteLineAsync($"While stopping: {fault.Message}");
            }
        }
    }

    private void Done(string what, string words) => Say(what, $"{words}  ({_since.Elapsed.TotalSeconds:0.0} s)");

    private static void Say(string what, string words) => Console.WriteLine($"  {what,-10} {words}");
}

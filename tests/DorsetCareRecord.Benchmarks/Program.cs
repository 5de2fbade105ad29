using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Benchmarks;
using Npgsql;

if (args is [BarePage.Verb, var port])
{
    await BarePage.ServeAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (args is [RoundTrips.Door or RoundTrips.Echo, var mllp])
{
    await RoundTrips.ServeAsync(args[0], int.Parse(mllp, CultureInfo.InvariantCulture));
    return 0;
}

var quick = args.Contains("--quick");
var only = Array.IndexOf(args, "--only") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
if (args.Where((a, i) => a is not ("--quick" or "--only") && (i == 0 || args[i - 1] != "--only")).Any()
    || only is not (null or "views" or "messages" or "parsing" or "roundtrips" or "together" or "limits" or "audit" or "refusals"))
{
    Console.Error.WriteLine("bench [--quick] [--only views|messages|parsing|roundtrips|together|limits|audit|refusals]");
    return 2;
}

var root = Environment.GetEnvironmentVariable("DCR_ROOT") is { Length: > 0 } told ? told : Environment.CurrentDirectory;
var roundCount = quick ? 3 : 5;
var seconds = quick ? 3 : 6;
var duration = TimeSpan.FromSeconds(seconds);
var rounds = new Rounds();

if (Wanted("parsing"))
{
    Parsing.Run(duration / 4, new Rounds());
    for (var round = 0; round < roundCount; round++)
        Parsing.Run(duration / 4, rounds);
    Parsing.Linear(rounds);
}

if (Wanted("roundtrips"))
{
    for (var round = 0; round < roundCount; round++)
        await RoundTrips.RunAsync(duration / 2, rounds);
}

if (only is not ("parsing" or "roundtrips"))
    await MeasureHouseAsync();

var measurements = rounds.Close();
Report.Print(measurements);
await Report.WriteAsync(Path.Combine(root, "artifacts", "bench.json"), measurements);
return 0;

bool Wanted(string name) => only is null || only == name;

// Ours and the limits take turns within a round, so that whatever else the machine does falls on both.
async Task MeasureHouseAsync()
{
    Console.WriteLine("Starting the house and loading a county ...");
    await using var house = await House.StartAsync(root, quick ? 150 : 1000);
    var pgbench = new Pgbench(Pgbench.FindBinaries(), house.Settings["DCR_OWNER_DATABASE"]);
    await pgbench.PrepareAsync();
    await using var page = await BarePage.StartAsync();
    var pages = await Views.PagesAsync(house, quick ? 100 : 1000);
    await Backload.MeasureAsync(house, rounds);
    if (Wanted("messages") || Wanted("together"))
        await Messages.RegisterAsync(house);
    // Warm: compiled code, prepared statements, cached pages of the database.
    await Views.RunAsync(house, pages, 8, duration, new Rounds());
    if (Wanted("messages"))
        await Messages.RunAsync(house, roundCount, 800, new Rounds());

    if (Wanted("audit"))
        await AuditTrail.FillAsync(house, quick ? 5_000 : 40_000);

    for (var round = 0; round < roundCount; round++)
    {
        Console.WriteLine($"Round {round + 1} of {roundCount}");
        await Limits.RunAsync(pgbench, page, seconds, rounds);
        if (Wanted("views"))
        {
            await Views.RunAsync(house, pages, 1, duration, rounds);
            await Views.RunAsync(house, pages, 8, duration, rounds);
            await Views.RunAsync(house, pages, 32, duration, rounds);
        }

        if (Wanted("audit"))
            await AuditTrail.RunAsync(house, rounds);
        if (Wanted("refusals"))
            await Refusals.RunAsync(house, pages, rounds);
        if (Wanted("messages"))
            await Messages.RunAsync(house, round, quick ? 1600 : 8000, rounds);
        if (Wanted("together"))
            await Together.RunAsync(house, pages, round, duration, rounds);
    }

    rounds.Add("resident memory, portal", "MiB", House.MemoryOf("Portal", root));
    rounds.Add("resident memory, worker", "MiB", House.MemoryOf("Worker", root));
}

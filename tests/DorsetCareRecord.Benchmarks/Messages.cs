using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace DorsetCareRecord.Benchmarks;

/// <summary>Pathology messages from eight senders over MLLP: each acknowledged after commit, then projected to visible rows.</summary>
internal static class Messages
{
    private const int Senders = 8;
    private const int Patients = 200;

    /// <summary>The patient whose page is open; no other sender speaks of them.</summary>
    public const int Watched = Patients;

    public static async Task RegisterAsync(House house)
    {
        using var sender = Connect(house);
        for (var patient = 0; patient <= Watched; patient++)
        {
            if (!await sender.SendAsync(Pathology.Registration(patient, $"BR{patient}")))
                throw new InvalidOperationException("A registration was not accepted.");
        }

        await DrainedAsync(house);
    }

    /// <summary>The clock runs from the first byte sent until the last message's rows can be read.</summary>
    public static async Task RunAsync(House house, int round, int messages, Rounds rounds)
    {
        var senders = Enumerable.Range(0, Senders).Select(_ => Connect(house)).ToList();
        var latencies = new List<double>();
        var each = messages / Senders;
        var cpu = Cpu.OfTree(house.ProcessId);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(senders.Select((sender, s) => Task.Run(async () =>
        {
            var mine = new List<double>(each);
            for (var n = 0; n < each; n++)
            {
                var number = round * messages + s * each + n;
                var start = Stopwatch.GetTimestamp();
                if (!await sender.SendAsync(Pathology.Results((number * Senders + s) % Patients, number, $"B{round}X{s}X{n}")))
                    throw new InvalidOperationException("A message was not accepted.");
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            lock (latencies)
                latencies.AddRange(mine);
        })));
        var acknowledged = clock.Elapsed;
        await DrainedAsync(house);
        var visible = clock.Elapsed;
        var perMessage = (Cpu.OfTree(house.ProcessId) - cpu) / (each * Senders);
        senders.ForEach(s => s.Dispose());

        latencies.Sort();
        rounds.Add("pathology messages, socket to visible row", "messages/s", each * Senders / visible.TotalSeconds, Limits.Pathology, perMessage);
        rounds.Add("pathology messages, acknowledged", "messages/s", each * Senders / acknowledged.TotalSeconds, Limits.Insert);
        rounds.Add("pathology messages, acknowledgement p50", "ms", latencies[latencies.Count / 2]);
        rounds.Add("pathology messages, acknowledgement p99", "ms", latencies[(int)(latencies.Count * 0.99)]);
    }

    /// <summary>Eight senders that keep a pace together; how long each message waited for its answer, in milliseconds.</summary>
    public static async Task<List<double>> PacedAsync(House house, string prefix, int perSecond, CancellationToken stop)
    {
        var waits = new List<double>();
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            using var sender = Connect(house);
            while (!stop.IsCancellationRequested)
            {
                var n = Interlocked.Increment(ref next);
                var due = TimeSpan.FromSeconds((double)n / perSecond) - clock.Elapsed;
                if (due > TimeSpan.Zero)
                    await Task.WhenAny(Task.Delay(due, stop));
                if (stop.IsCancellationRequested)
                    return;
                var start = Stopwatch.GetTimestamp();
                if (!await sender.SendAsync(Pathology.Results(n % Patients, n, $"{prefix}X{n}")))
                    throw new InvalidOperationException("A message was not accepted.");
                lock (waits)
                    waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }, CancellationToken.None)));
        await DrainedAsync(house);
        return waits;
    }

    public static async Task<Guid> PersonAsync(House house, int patient)
    {
        await using var command = house.Owner.CreateCommand("""
            select l.person_id from record.identity i join record.person_link l on l.identity_id = i.id and l.ended_at is null
            where i.source = 'systemc' and i.local_id like '%' || $1
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"BENCH{patient}" });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    internal static MllpSender Connect(House house) => new("127.0.0.1", int.Parse(house.Settings["DCR_MLLP_SYSTEMC"].Split(':')[^1], CultureInfo.InvariantCulture));

    private static async Task DrainedAsync(House house)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            await using var command = house.Owner.CreateCommand("select exists (select 1 from inbox.waiting)");
            if (await command.ExecuteScalarAsync() is false)
                return;
        }
        while (await tick.WaitForNextTickAsync());
    }
}

using System.Diagnostics;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>What a trial came to.</summary>
/// <param name="Told">Messages, each once.</param>
/// <param name="Sends">Sendings, repetitions included.</param>
internal sealed record Verdict(Fault Fault, int Told, int Sends, int Acknowledged, int People, TimeSpan Took, IReadOnlyList<Finding> Findings);

/// <summary>Sends, strikes, waits until all is settled, and holds the ledger.</summary>
internal static class Trial
{
    private const int Resent = 25;

    public static async Task<Verdict> RunAsync(Server server, Fault fault, Scale scale, int seed, Action<string> say, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(scale.IsSmall ? TimeSpan.FromMinutes(4) : TimeSpan.FromHours(3));
        var clock = Stopwatch.StartNew();
        var file = Path.Combine(Path.GetTempPath(), $"dcr-journal-{Guid.NewGuid():n}");
        var database = await server.CreateDatabaseAsync();
        try
        {
            var told = fault.Tell(scale, seed);
            var findings = new List<Finding>();
            await using (var journal = new Journal(file))
            {
                var workers = Enumerable.Range(0, fault.Workers).Select(n => new WorkerProcess(database.Worker, n) { Settings = fault.Settings }).ToList();
                try
                {
                    foreach (var worker in workers)
                        await worker.StartAsync(limit.Token);
                    var scene = new Scene(server, database, workers, journal, new Random(seed), scale, seed, say);
                    await SendAsync(fault, scene, told, limit.Token);
                    await fault.AfterwardsAsync(scene, limit.Token);
                    await scene.DrainedAsync(limit.Token);
                    findings.AddRange(await ResendAsync(scene, told, limit.Token));
                    if (fault.MustStrike && scene.Strikes == 0)
                        findings.Add(new Finding(fault.Code, "it never struck"));
                }
                finally
                {
                    workers.ForEach(w => w.Dispose());
                }
            }

            var sent = Journal.Read(file);
            var people = await CheckAsync(server, database, fault, told, sent, findings, limit.Token);
            return new Verdict(fault, told.Count, sent.Count, sent.Count(s => s.IsAccepted), people, clock.Elapsed, findings);
        }
        finally
        {
            File.Delete(file);
            await server.DropAsync(database);
        }
    }

    private static async Task SendAsync(Fault fault, Scene scene, IReadOnlyList<Planned> told, CancellationToken cancel)
    {
        var sends = fault.Send(told, scene.Dice);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var striking = Task.Run(() => fault.StrikeAsync(scene, sends.Count, over.Token), cancel);
        await scene.Lines(fault.Connections).SendAsync(sends, cancel);
        await over.CancelAsync();
        try
        {
            await striking;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The last strikes came too late.
        }
    }

    /// <summary>C4: what is stored already is answered AA, becomes a duplicate, and changes nobody's record.</summary>
    private static async Task<IReadOnlyList<Finding>> ResendAsync(Scene scene, IReadOnlyList<Planned> told, CancellationToken cancel)
    {
        var before = await CanonicalRecords.ReadAsync(scene.Database.Owner, cancel);
        var duplicates = await DuplicatesAsync();
        var accepted = Journal.Read(scene.Journal.File).Where(s => s.IsAccepted).Select(s => s.Sha256).ToHashSet();
        var again = told.Where(m => accepted.Contains(m.Sha256)).ToArray();
        scene.Dice.Shuffle(again);
        again = again[..Math.Min(again.Length, Resent)];
        var sends = scene.Journal.Sends;
        await scene.Lines(4).SendAsync(again, cancel);
        await scene.DrainedAsync(cancel);

        var became = await DuplicatesAsync() - duplicates;
        var after = await CanonicalRecords.ReadAsync(scene.Database.Owner, cancel);
        return
        [
            .. after.DifferencesFrom(before, "C4"),
            .. became < again.Length || became > scene.Journal.Sends - sends
                ? [new Finding("C4", $"of {again.Length} messages sent again {became} became duplicates")] : Array.Empty<Finding>(),
        ];

        Task<long> DuplicatesAsync() => scene.CountAsync("select count(*) from inbox.settled where outcome = 'duplicate'", cancel);
    }

    private static async Task<int> CheckAsync(
        Server server, Database database, Fault fault, IReadOnlyList<Planned> told, IReadOnlyList<Sent> sent, List<Finding> findings, CancellationToken cancel)
    {
        var inbox = await InboxLedger.ReadAsync(database.Owner, cancel);
        // The backends of workers that were killed a moment ago may not know yet.
        var rest = await InboxLedger.RestAsync(database.Owner, cancel);
        for (var looks = 0; rest != (0, 0) && looks < 100; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
            rest = await InboxLedger.RestAsync(database.Owner, cancel);
        }

        findings.AddRange(LedgerChecker.Check(sent, inbox));
        if (rest != (0, 0))
            findings.Add(new Finding("C2", $"{rest.Waiting} messages wait and {rest.LanesHeld} locks are held although nothing runs"));
        findings.AddRange(inbox.Where(r => r.ParkedFor is not null && !fault.MayBePoison(r))
            .Select(r => new Finding("C2", $"message {r.Id} of {r.Source} is sound and was parked for {r.ParkedFor}")).Take(8));
        findings.AddRange(fault.Check(sent, inbox));

        var live = await CanonicalRecords.ReadAsync(database.Owner, cancel);
        findings.AddRange(await CleanRun.RebuildAsync(database.Worker, cancel));
        findings.AddRange((await CleanAsync(server, told, database.Owner, cancel)).DifferencesFrom(live, "C3"));
        return live.People;
    }

    private static async Task<CanonicalRecords> CleanAsync(Server server, IReadOnlyList<Planned> told, string owner, CancellationToken cancel)
    {
        var clean = await server.CreateDatabaseAsync();
        try
        {
            await CleanRun.RunAsync(clean.Worker, told, owner, cancel);
            return await CanonicalRecords.ReadAsync(clean.Owner, cancel);
        }
        finally
        {
            await server.DropAsync(clean);
        }
    }
}

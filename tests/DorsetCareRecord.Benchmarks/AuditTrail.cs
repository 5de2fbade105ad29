using System.Diagnostics;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using Npgsql;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// What the audit costs: a note, committed before the next is begun, beside a plain insert committed the same way; and how quickly every
/// line is verified, beside reading the same lines and looking at none.
/// </summary>
internal static class AuditTrail
{
    private const string Insert = "limit: an insert and its commit, one after another";
    private const string Reading = "limit: the audit's lines read, not hashed";
    private const int Notes = 300;

    /// <summary>Lines enough for a rate: notes are written many at once, as by many readers.</summary>
    public static async Task FillAsync(House house, int lines)
    {
        await using var database = new AccessDatabase(house.Settings["DCR_PORTAL_DATABASE"]);
        var notes = new DeskNotes(database);
        await Parallel.ForAsync(0, lines, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, cancel) => await NoteAsync(notes, cancel));
    }

    public static async Task RunAsync(House house, Rounds rounds)
    {
        await using (var database = new AccessDatabase(house.Settings["DCR_PORTAL_DATABASE"]))
        {
            var notes = new DeskNotes(database);
            var (median, p95) = await TimeAsync(() => NoteAsync(notes, CancellationToken.None));
            await using var make = house.Owner.CreateCommand("create table if not exists public.bench_insert (id bigserial primary key, words text not null)");
            await make.ExecuteNonQueryAsync();
            await using var connection = await house.Owner.OpenConnectionAsync();
            await using var insert = new NpgsqlCommand($"insert into public.bench_insert (words) values ('{new string('x', 300)}')", connection);
            var (plain, _) = await TimeAsync(async () => await insert.ExecuteNonQueryAsync());
            rounds.Add(Insert, "ms", plain);
            rounds.Add("a note of the audit and its commit, one after another", "ms", median, Insert);
            rounds.Add("a note of the audit, p95", "ms", p95);
        }

        var owner = house.Settings["DCR_OWNER_DATABASE"];
        var clock = Stopwatch.StartNew();
        var rows = 0L;
        await using (var source = NpgsqlDataSource.Create(owner))
        {
            foreach (var table in (string[])["audit", "audit_shown"])
            {
                await using var command = source.CreateCommand($"select * from access.{table} order by chain, link");
                await using var row = await command.ExecuteReaderAsync();
                while (await row.ReadAsync())
                    rows++;
            }
        }

        rounds.Add(Reading, "lines/s", rows / clock.Elapsed.TotalSeconds);
        clock.Restart();
        var verdict = await Verification.RunAsync(owner, anchorFolder: null);
        if (!verdict.IsWhole)
            throw new InvalidOperationException("The audit of the bench's own house is broken.");
        rounds.Add("the audit verified", "lines/s", verdict.Rows / clock.Elapsed.TotalSeconds, Reading);
    }

    private static async Task NoteAsync(DeskNotes notes, CancellationToken cancel) =>
        await notes.WriteAsync(new Viewer(Guid.Empty, Guid.Empty, "bench", "bench", "Bench", "dch", "Bench", Role.Operator), Act.SearchMessages,
            "messages", "bench", new Origin("127.0.0.1", "bench"), cancel);

    private static async Task<(double Median, double P95)> TimeAsync(Func<Task> act)
    {
        var times = new double[Notes];
        for (var i = 0; i < Notes; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await act();
            times[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[Notes / 2], times[Notes * 95 / 100]);
    }
}

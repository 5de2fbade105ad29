namespace DorsetCareRecord.Benchmarks;

/// <summary>What the machine can do without us, measured in the same run.</summary>
internal static class Limits
{
    public const string Select = "limit: pgbench, 213 rows of a patient, 8 clients";
    public const string Insert = "limit: pgbench, one-row insert, 8 clients";
    public const string Pathology = "limit: pgbench, pathology-like transaction, 8 clients";
    public const string Page = "limit: bare Kestrel, static 60 kB page, 8 connections";

    public static async Task RunAsync(Pgbench pgbench, BarePage page, int seconds, Rounds rounds)
    {
        rounds.Add(Select, "transactions/s", await pgbench.RunAsync("select", 8, seconds));
        rounds.Add(Insert, "transactions/s", await pgbench.RunAsync("insert", 8, seconds));
        rounds.Add(Pathology, "transactions/s", await pgbench.RunAsync("oru", 8, seconds));
        using var client = new HttpClient();
        var result = await Load.RunAsync(8, TimeSpan.FromSeconds(seconds), async (_, _) =>
            (await client.GetByteArrayAsync(page.Address)).Length > 0);
        rounds.Add(Page, "pages/s", result.PerSecond);
    }
}

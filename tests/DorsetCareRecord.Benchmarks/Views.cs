using Npgsql;

namespace DorsetCareRecord.Benchmarks;

/// <summary>Summary pages: signed in, decided, noted, read and rendered, of people in turn with their whole histories.</summary>
internal static class Views
{
    public static async Task<IReadOnlyList<Uri>> PagesAsync(House house, int most)
    {
        await using var command = house.Owner.CreateCommand("""
            select l.person_id from record.person_link l
            join (select identity_id, count(*) as entries from record.version group by identity_id) v on v.identity_id = l.identity_id
            where l.ended_at is null group by l.person_id order by sum(v.entries) desc, l.person_id limit $1
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync();
        var pages = new List<Uri>();
        while (await reader.ReadAsync())
            pages.Add(new Uri(house.Portal, $"record/{reader.GetGuid(0)}"));
        return pages;
    }

    /// <summary>Eight connections, one figure, against whatever it is to be held.</summary>
    public static async Task RunAsync(House house, IReadOnlyList<Uri> pages, string name, TimeSpan duration, Rounds rounds, string? limit)
    {
        var (result, cpu) = await MeasureAsync(house, pages, 8, duration);
        rounds.Add(name, "views/s", result.PerSecond, limit, cpu);
    }

    public static async Task RunAsync(House house, IReadOnlyList<Uri> pages, int connections, TimeSpan duration, Rounds rounds)
    {
        var (result, perView) = await MeasureAsync(house, pages, connections, duration);
        rounds.Add($"summary views, {connections} connections", "views/s", result.PerSecond,
            connections == 8 ? Limits.Select : null, perView);
        rounds.Add($"summary views, {connections} connections, p50", "ms", result.P50Ms);
        rounds.Add($"summary views, {connections} connections, p99", "ms", result.P99Ms);
        rounds.Add($"summary views, {connections} connections, errors", "count", result.Errors);
        if (connections == 32)
            rounds.Add("summary views, 32 connections against 8", "views/s", result.PerSecond, "summary views, 8 connections");
        if (connections == 8)
            rounds.Add("summary views, 8 connections against a static page", "views/s", result.PerSecond, Limits.Page);
    }

    private static async Task<(LoadResult Result, double CpuMs)> MeasureAsync(House house, IReadOnlyList<Uri> pages, int connections, TimeSpan duration)
    {
        var browsers = new List<Browser>();
        for (var i = 0; i < connections; i++)
            browsers.Add(await Browser.SignInAsync(house.Portal, "clinician.dch"));
        var cpu = Cpu.OfTree(house.ProcessId);
        var result = await Load.RunAsync(connections, duration, async (worker, n) =>
            await browsers[worker].GetAsync(pages[(n * connections + worker) % pages.Count]) > 0);
        var perView = (Cpu.OfTree(house.ProcessId) - cpu) / Math.Max(1, result.Operations);
        browsers.ForEach(b => b.Dispose());
        return (result, perView);
    }
}

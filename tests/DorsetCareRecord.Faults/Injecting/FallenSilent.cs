using System.Text.Json;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Record.Organisations;
using Npgsql;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// A source says nothing any more and its connection stays open. That must be told, of this source alone, and be over by itself once it
/// speaks again (rule R12).
/// </summary>
internal sealed class FallenSilent : Fault
{
    private const int Withheld = 5;

    /// <summary>Seconds within which the silence must be told, after it has become one (trust goal 8).</summary>
    private const int ToldWithin = 60;

    private readonly List<Finding> _wrong = [];

    public override string Code => "F21";

    public override string Name => "a source falls silent, its socket open";

    public override bool MustStrike => true;

    /// <summary>The end of what the source tells waits until its silence has been noticed.</summary>
    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice)
    {
        var later = Later(told);
        return [.. told.Where(message => !later.Contains(message))];
    }

    public override async Task AfterwardsAsync(Scene scene, CancellationToken cancel)
    {
        await scene.DrainedAsync(cancel);
        using var open = await Wire.ConnectAsync(scene.Worker.PortOf(SourceCodes.SystemC), cancel);
        await ExpectAsync(scene, "3 seconds", "4 seconds", cancel);
        try
        {
            await Scene.WithinAsync(ToldWithin, limit => SourcesAsync(scene, sources => sources[SourceCodes.SystemC].State == "silent", limit));
            var sources = await SourcesAsync(scene, _ => true, cancel);
            scene.Say($"{SourceCodes.SystemC} is silent with {sources[SourceCodes.SystemC].Peers} connections open");
            if (sources[SourceCodes.SystemC].Peers == 0)
                _wrong.Add(new Finding(Code, "an open connection of the silent source is not shown"));
            _wrong.AddRange(sources.Where(other => other.Key != SourceCodes.SystemC && other.Value.State is "silent" or "late")
                .Select(other => new Finding(Code, $"{other.Key} is said to be silent, too")));
        }
        catch (TimeoutException)
        {
            _wrong.Add(new Finding(Code, $"the silence was not told within {ToldWithin} seconds"));
        }

        await scene.Lines(1).SendAsync([.. Later(Tell(scene.Scale, scene.Seed))], cancel);
        await ExpectAsync(scene, "1 hour", "2 hours", cancel); // it speaks at its usual pace again
        try
        {
            await Scene.WithinAsync(ToldWithin, limit => SourcesAsync(scene, sources => sources[SourceCodes.SystemC].State == "on-time", limit));
        }
        catch (TimeoutException)
        {
            _wrong.Add(new Finding(Code, $"the end of the silence was not told within {ToldWithin} seconds"));
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => _wrong;

    private static List<Planned> Later(IReadOnlyList<Planned> told) => [.. told.Where(message => message.Source == SourceCodes.SystemC).TakeLast(Withheld)];

    private static async Task ExpectAsync(Scene scene, string late, string silent, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(scene.Database.Owner);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"""
            delete from inbox.expectation where source = '{SourceCodes.SystemC}';
            insert into inbox.expectation select '{SourceCodes.SystemC}', hour, 0, '{late}', '{silent}', 0, now() from generate_series(0, 167) hour
            """, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>What /health/feeds says of each source, once it is as waited for.</summary>
    private static async Task<Dictionary<string, (string State, int Peers)>> SourcesAsync(
        Scene scene, Func<Dictionary<string, (string State, int Peers)>, bool> isSo, CancellationToken cancel)
    {
        using var client = new HttpClient();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            using var answer = await client.GetAsync(new Uri(scene.Worker.Door, "/health/feeds"), cancel);
            if (!answer.IsSuccessStatusCode)
                continue;
            var sources = JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancel)).GetProperty("sources").EnumerateArray()
                .ToDictionary(row => row.GetProperty("source").GetString()!, row => (row.GetProperty("state").GetString()!, row.GetProperty("peers").ValueKind == JsonValueKind.Number ? row.GetProperty("peers").GetInt32() : 0));
            if (isSo(sources))
                return sources;
        }
        while (await beat.WaitForNextTickAsync(cancel));
        throw new OperationCanceledException(cancel);
    }
}

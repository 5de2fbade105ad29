using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Worker.Watch;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>The desk's first table at a prompt: each source, worst first.</summary>
internal static class ShowFeeds
{
    private static readonly JsonSerializerOptions s_json = new(ActJson.Options) { WriteIndented = true };

    internal static Task<int> RunAsync(string[] arguments) => arguments is [] or ["--json"]
        ? Operation.RunAsync(async database =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var rows = await FeedTable.ReadAsync(database, now, CancellationToken.None);
            return arguments is [] ? Print(rows, now) : PrintJson(rows, now);
        })
        : Task.FromResult(Usage.Say());

    private static int Print(IReadOnlyList<FeedRow> rows, DateTimeOffset now)
    {
        Console.WriteLine($"{"source",-16} {"state",-13} {"peers",5} {"last message",-20} {"a minute",8} {"usual",6} {"waiting",7} {"oldest",8} {"parked",6} {"p95 ms",7}");
        foreach (var row in rows)
        {
            var state = row.Pause is null ? row.State.ToString() : $"Paused ({row.State})";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.Source.Code,-16} {state,-13} {row.Peers?.ToString(CultureInfo.InvariantCulture) ?? "-",5} {Time(row.LastReceived),-20} {row.PerMinute,8:0.0} {Figure(row.UsualPerMinute),6} {row.Waiting,7} {Age(row.OldestWaiting, now),8} {row.Parked.Values.Sum(),6} {Figure(row.AnswerP95),7}"));
        }

        return 0;
    }

    private static int PrintJson(IReadOnlyList<FeedRow> rows, DateTimeOffset now)
    {
        Console.WriteLine(JsonSerializer.Serialize(
            new { At = now, Sources = rows.Select(row => FeedHealth.Of(row, now)) },
            s_json));
        return 0;
    }

    private static string Time(DateTimeOffset? at) => at is { } time ? $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "never";

    private static string Figure(double? value) => value is { } figure ? figure.ToString("0.0", CultureInfo.InvariantCulture) : "-";

    private static string Age(DateTimeOffset? since, DateTimeOffset now) =>
        since is { } began ? $"{Math.Max(0, (now - began).TotalSeconds):0} s" : "-";
}

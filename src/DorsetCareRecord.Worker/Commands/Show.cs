using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Worker.Hosting;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>One person's projected record as JSON, now or as it was known at a time. Noted before it is read: who, when, why, whose.</summary>
internal static class Show
{
    internal static Task<int> RunAsync(string[] arguments)
    {
        // An NHS number may be typed with its spaces, as three arguments.
        var words = Words.Of(arguments);
        var typed = string.Join(' ', words.Plain);
        if (typed.Length == 0 || words.Unknown is not null)
            return Task.FromResult(Usage.Say());
        if (!NhsNumber.TryParse(typed, out var number))
            return Task.FromResult(Usage.Fail($"\"{typed}\" is not an NHS number: it needs ten digits, the last a valid check digit."));
        if (words["as-at"] is not { } at)
            return NotedAsync(number.Value, null, words["why"]);
        return Times.TryRead(at, out var asAt)
            ? NotedAsync(number.Value, asAt, words["why"])
            : Task.FromResult(Usage.Fail(Times.Advice(at)));
    }

    private static Task<int> NotedAsync(NhsNumber number, DateTimeOffset? asAt, string? why) =>
        Asking.NotedAsync("show", asAt is null ? number.Digits : $"{number.Digits} as at {asAt:O}", why, () => PrintAsync(number, asAt));

    private static Task<int> PrintAsync(NhsNumber number, DateTimeOffset? asAt) => Operation.RunAsync(async _ =>
    {
        await using var database = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(Settings.WorkerDatabase));
        if (await new RecordReader(database).ReadAsync(number, asAt) is not { } record)
            return Usage.Fail(asAt is null ? "No record has this NHS number." : "No record had this NHS number then.");
        Console.WriteLine(RecordText.Of(record));
        return 0;
    });
}

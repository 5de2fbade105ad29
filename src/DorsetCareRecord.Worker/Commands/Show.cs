using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Worker.Hosting;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>One person's projected record as JSON, now or as it was known at a time.</summary>
internal static class Show
{
    internal static Task<int> RunAsync(string[] arguments)
    {
        // An NHS number may be typed with its spaces, as three arguments.
        var at = Array.IndexOf(arguments, "--as-at");
        var words = at < 0 ? arguments : [.. arguments[..at], .. arguments.Skip(at + 2)];
        if (words.Length == 0 || (at >= 0 && at + 1 >= arguments.Length))
            return Task.FromResult(Usage.Say());
        if (!NhsNumber.TryParse(string.Join(' ', words), out var number))
            return Task.FromResult(Usage.Fail($"\"{string.Join(' ', words)}\" is not an NHS number: it needs ten digits, the last a valid check digit."));
        if (at < 0)
            return PrintAsync(number.Value, null);
        return Times.TryRead(arguments[at + 1], out var asAt)
            ? PrintAsync(number.Value, asAt)
            : Task.FromResult(Usage.Fail(Times.Advice(arguments[at + 1])));
    }

    private static Task<int> PrintAsync(NhsNumber number, DateTimeOffset? asAt) => Operation.RunAsync(async _ =>
    {
        await using var database = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(Settings.WorkerDatabase));
        if (await new RecordReader(database).ReadAsync(number, asAt) is not { } record)
            return Usage.Fail(asAt is null ? "No record has this NHS number." : "No record had this NHS number then.");
        Console.WriteLine(RecordText.Of(record));
        return 0;
    });
}

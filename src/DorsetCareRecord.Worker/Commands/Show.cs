using System.Globalization;
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
        return TryReadTime(arguments[at + 1], out var asAt)
            ? PrintAsync(number.Value, asAt)
            : Task.FromResult(Usage.Fail($"\"{arguments[at + 1]}\" is not a time: write 2026-11-23T14:00 (Dorset time) or 2026-11-23T14:00Z."));
    }

    private static Task<int> PrintAsync(NhsNumber number, DateTimeOffset? asAt) => Operation.RunAsync(async _ =>
    {
        await using var database = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(Settings.WorkerDatabase));
        if (await new RecordReader(database).ReadAsync(number, asAt) is not { } record)
            return Usage.Fail(asAt is null ? "No record has this NHS number." : "No record had this NHS number then.");
        Console.WriteLine(RecordText.Of(record));
        return 0;
    });

    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"],
            invariant, DateTimeStyles.None, out var local))
        {
            time = ClinicalDate.OfLondon(local, DatePrecision.Second).AsInstant();
            return true;
        }

        return DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out time);
    }
}

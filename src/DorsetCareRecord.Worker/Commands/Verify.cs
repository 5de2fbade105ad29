using System.Text.Json;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Worker.Hosting;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>
/// Replays every applied message into a shadow record and compares; the feed may go on meanwhile. Exit code 1 when anything differs.
/// </summary>
internal static class Verify
{
    internal static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [] => Operation.RunAsync(async _ => Print(await VerifyAsync())),
        ["--json"] => Operation.RunAsync(async _ => PrintJson(await VerifyAsync())),
        _ => Task.FromResult(Usage.Say()),
    };

    private static Task<Verification> VerifyAsync() =>
        Verifier.RunAsync(RecordSchema.WithSearchPath(Settings.WorkerDatabase), Replaying.Inbox, Replaying.Progress);

    private static int Print(Verification found)
    {
        foreach (var difference in found.Differences)
            Console.WriteLine(difference);
        Console.WriteLine(Conclusion(found));
        return found.Differences.Count == 0 ? 0 : 1;
    }

    private static int PrintJson(Verification found)
    {
        Console.WriteLine(JsonSerializer.Serialize(
            new { found.People, found.Messages, found.Differences, Conclusion = Conclusion(found) }, Operation.Json));
        return found.Differences.Count == 0 ? 0 : 1;
    }

    private static string Conclusion(Verification found) => found.Differences.Count == 0
        ? $"no difference in {found.People} people, {found.Messages} messages"
        : $"{found.Differences.Count} differences";
}

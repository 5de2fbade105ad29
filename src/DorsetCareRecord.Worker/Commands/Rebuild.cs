using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Worker.Hosting;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Lays the inbox over the record again; readers see the old record until the new one is whole.</summary>
internal static class Rebuild
{
    internal static Task<int> RunAsync() => Operation.RunAsync(async _ =>
    {
        var done = await Rebuilder.RunAsync(
            RecordSchema.WithSearchPath(Settings.WorkerDatabase), Replaying.Inbox, Replaying.Progress, TimeProvider.System);
        foreach (var message in done.Unreadable)
            Console.WriteLine(message);
        if (done.Refused is { } refused)
            return Usage.Fail(refused);
        Console.WriteLine($"rebuilt from {done.Messages} messages, {done.Rows} rows exchanged");
        return done.Unreadable.Count == 0 ? 0 : 1;
    });
}

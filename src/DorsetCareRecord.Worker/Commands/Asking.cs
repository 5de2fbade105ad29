using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Worker.Acts;
using DorsetCareRecord.Worker.Hosting;
using Npgsql;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>
/// Acts asked for at the command line: the same row and the same handler as from the desk, so that it stands in the same list with a name
/// and a reason. It is done here when no worker is running, and by whoever is first when one is.
/// </summary>
internal static class Asking
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Nothing a person waits for at a prompt takes longer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="print">Says what was done; returns the exit code.</param>
    internal static Task<int> RunAsync(string kind, string? about, object args, string? why, Func<AskedAct, int> print) =>
        Operation.RunAsync(async _ =>
        {
            await using var database = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(Settings.WorkerDatabase));
            var time = TimeProvider.System;
            var desk = new ActDesk(database);
            var runner = new ActRunner(database, ActHandlers.All(time), time);
            var id = Guid.CreateVersion7(time.GetUtcNow());
            await desk.AskAsync(id, kind, about, args, Me, why ?? "asked at the command line", CancellationToken.None);

            using var limit = new CancellationTokenSource(Limit, time);
            while (true)
            {
                while (await runner.RunNextAsync(limit.Token))
                {
                }

                if (await desk.AwaitAsync(id, Glance, time, limit.Token) is { Outcome: { } outcome } act)
                    return outcome == ActOutcome.Done ? print(act) : Usage.Fail(act.Sentence ?? "It was not done.");
            }
        });

    /// <summary>Notes that somebody looks a person up, and then lets them: no note, no look.</summary>
    /// <param name="words">What was asked for.</param>
    internal static async Task<int> NotedAsync(string command, string words, string? why, Func<Task<int>> look)
    {
        var noted = await RunAsync(Look.Kind, $"{command} at the command line", new Look.Args(command, words), why, static _ => 0);
        return noted == 0 ? await look() : noted;
    }

    private static Asker Me => new(null, Environment.UserName, "command line");
}

using DorsetCareRecord.Faults.Ledger;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>PostgreSQL is stopped as by a power cut, stays away until senders have noticed, and comes back; nobody helps the worker.</summary>
internal sealed class DatabaseCrashed : Fault
{
    private readonly List<(DateTime From, DateTime Until)> _downs = [];

    public override string Code => "F03";

    public override string Name => "pg_ctl stop -m immediate under load";

    public override bool MustStrike => true;

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        foreach (var moment in scene.Moments(Math.Min(scene.Scale.Strikes, scene.Scale.IsSmall ? 2 : 20), sends))
        {
            await scene.AnsweredAsync(moment, over);
            await CrashAsync(scene, _downs);
            scene.Say($"crashed the database after {moment} answers");
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox)
    {
        // Sent when there was no database any more and answered before it came back; an answer may be long on its way.
        var untrue = journal.Count(s => s.IsAccepted && _downs.Exists(d => s.SentAt > d.From && s.AnsweredAt < d.Until));
        return untrue == 0 ? [] : [new Finding(Code, $"{untrue} messages were acknowledged while there was no database")];
    }

    internal static async Task CrashAsync(Scene scene, List<(DateTime From, DateTime Until)> downs)
    {
        await scene.Server.CrashAsync();
        var from = TimeProvider.System.GetUtcNow().UtcDateTime;
        var sends = scene.Journal.Sends;
        await Scene.WithinAsync(30, limit => Scene.UntilAsync(() => Task.FromResult(scene.Journal.Sends > sends + 8), limit));
        downs.Add((from, TimeProvider.System.GetUtcNow().UtcDateTime));
        await scene.Server.StartAgainAsync(CancellationToken.None);
    }
}

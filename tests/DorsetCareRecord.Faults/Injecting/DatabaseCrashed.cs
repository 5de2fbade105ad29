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
            await CrashAsync(scene, _downs, over);
            scene.Say($"crashed the database after {moment} answers");
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => Untrue(Code, journal, _downs);

    /// <summary>Acknowledgements that nobody could have meant.</summary>
    internal static IReadOnlyList<Finding> Untrue(string code, IReadOnlyList<Sent> journal, List<(DateTime From, DateTime Until)> downs)
    {
        // Sent when there was no database any more and answered before it came back; an answer may be long on its way.
        var untrue = journal.Count(s => s.IsAccepted && downs.Exists(d => s.SentAt > d.From && s.AnsweredAt < d.Until));
        return untrue == 0 ? [] : [new Finding(code, $"{untrue} messages were acknowledged while there was no database")];
    }

    /// <param name="scene">Where.</param>
    /// <param name="downs">Gets from when until when there was none.</param>
    /// <param name="over">All has been sent: nobody is left to notice.</param>
    internal static async Task CrashAsync(Scene scene, List<(DateTime From, DateTime Until)> downs, CancellationToken over)
    {
        await scene.Server.CrashAsync();
        var from = TimeProvider.System.GetUtcNow().UtcDateTime;
        var sends = scene.Journal.Sends;
        try
        {
            await Scene.WithinAsync(30, limit => Scene.UntilAsync(
                () => Task.FromResult(scene.Journal.Sends > sends + 8 || over.IsCancellationRequested), limit));
        }
        finally
        {
            // Also when nobody noticed in time: the ledger can only be held with a database.
            downs.Add((from, TimeProvider.System.GetUtcNow().UtcDateTime));
            await scene.Server.StartAgainAsync(CancellationToken.None);
        }
    }
}

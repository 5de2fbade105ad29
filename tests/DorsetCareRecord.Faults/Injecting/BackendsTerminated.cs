namespace DorsetCareRecord.Faults.Injecting;

/// <summary>An operator, a pooler or a failover ends every database connection, again and again.</summary>
internal sealed class BackendsTerminated : Fault
{
    public override string Code => "F04";

    public override string Name => "every database connection terminated";

    public override bool MustStrike => true;

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        foreach (var moment in scene.Moments(scene.Scale.Strikes * 3, sends))
        {
            await scene.AnsweredAsync(moment, over);
            scene.Say($"terminated {await scene.Server.TerminateBackendsAsync(scene.Database)} backends after {moment} answers");
        }
    }
}

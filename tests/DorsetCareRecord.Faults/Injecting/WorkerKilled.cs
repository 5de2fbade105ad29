namespace DorsetCareRecord.Faults.Injecting;

/// <summary>The worker is killed at random moments under load and started again each time.</summary>
internal sealed class WorkerKilled : Fault
{
    public override string Code => "F01";

    public override string Name => "kill -9 of the worker at random moments";

    public override bool MustStrike => true;

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        foreach (var moment in scene.Moments(scene.Scale.Strikes, sends))
        {
            await scene.AnsweredAsync(moment, over);
            await scene.Worker.KillAndStartAsync(CancellationToken.None);
            scene.Say($"killed after {moment} answers");
        }
    }
}

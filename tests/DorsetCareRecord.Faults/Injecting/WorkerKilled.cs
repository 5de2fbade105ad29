namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// The worker is killed at random moments under load and started again each time; every other time while a door has what was sent and the
/// commit is not through, a moment that chance would seldom meet.
/// </summary>
internal sealed class WorkerKilled : Fault
{
    public override string Code => "F01";

    public override string Name => "kill -9 of the worker at random moments";

    public override bool MustStrike => true;

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        var strikes = 0;
        foreach (var moment in scene.Moments(scene.Scale.Strikes, sends))
        {
            if (strikes++ % 2 == 0)
            {
                await KillInMidCommitAsync(scene, moment, over);
                continue;
            }

            await scene.AnsweredAsync(moment, over);
            await scene.Worker.KillAndStartAsync(CancellationToken.None);
            scene.Say($"killed after {moment} answers");
        }
    }

    private static async Task KillInMidCommitAsync(Scene scene, long moment, CancellationToken over)
    {
        await using (var hold = new MidCommit(scene.Database.Owner))
        {
            await hold.OpenAsync();
            await scene.AnsweredAsync(moment, over);
            var waits = await hold.LockAsync(over);
            await scene.Worker.KillAsync(CancellationToken.None);
            await hold.EndWaitingAsync();
            scene.Say($"killed after {moment} answers{(waits ? ", in mid-commit" : "")}");
        }

        await scene.Worker.StartAsync(CancellationToken.None);
    }
}

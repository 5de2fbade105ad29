using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// Two workers on one inbox, all messages of few patients. One is paused in the middle of a batch, as a virtual machine that is moved; its lane
/// must pass to the other, and when it wakes it must not finish what the other has done.
/// </summary>
internal sealed class TwoWorkers : Fault
{
    public override string Code => "F20";

    public override string Name => "two workers on one lane, one paused and resumed";

    public override int Workers => 2;

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DCR_LANE_PATIENCE"] = "3" };

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) => Tales.Of(Math.Clamp(scale.Messages / 19, 6, 2000));

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => Disorder.Repeat(told, 0.2, dice);

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        foreach (var moment in scene.Moments(scene.Scale.IsSmall ? 2 : 20, sends))
        {
            await scene.AnsweredAsync(moment, over);
            await PauseAsync(scene, scene.Workers[scene.Dice.Next(2)], over);
        }
    }

    private static async Task PauseAsync(Scene scene, WorkerProcess worker, CancellationToken over)
    {
        lock (scene.Paused)
            scene.Paused.Add(worker);
        try
        {
            var backend = await scene.InMidBatchAsync(over);
            worker.Pause();
            scene.Say($"paused a worker after {scene.Journal.Answers} answers");

            // Whoever of the two it was: the lane it held must come free while it sleeps.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await Scene.UntilAsync(async () => await scene.CountAsync(
                $"select count(*) from pg_stat_activity where pid = {backend} and backend_xid is not null and now() - xact_start > interval '0.5 s'", limit.Token) == 0, limit.Token);
        }
        finally
        {
            worker.Resume();
            lock (scene.Paused)
                scene.Paused.Remove(worker);
        }
    }
}

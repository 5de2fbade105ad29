using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// Two workers on one inbox, all messages of few patients. One is paused in the middle of a batch, as a virtual machine that is moved; its lane
/// must pass to the other, and when it wakes it must not finish what the other has done.
/// </summary>
internal sealed class TwoWorkers : Fault
{
    private readonly List<Finding> _wrong = [];

    public override string Code => "F20";

    public override string Name => "two workers on one lane, one paused and resumed";

    public override int Workers => 2;

    public override bool MustStrike => true;

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

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => _wrong;

    private async Task PauseAsync(Scene scene, WorkerProcess worker, CancellationToken over)
    {
        int backend;
        await using (var hold = await scene.HoldInMidBatchAsync(over))
        {
            // Either of the two may be the one in mid-batch; the other is as good a sleeper.
            lock (scene.Paused)
                scene.Paused.Add(worker);
            worker.Pause();
            backend = hold.Backend;
        }

        scene.Say($"paused a worker after {scene.Journal.Answers} answers");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await Scene.UntilAsync(async () => await scene.CountAsync(
                $"select count(*) from pg_locks where pid = {backend} and locktype = 'advisory'", limit.Token) == 0, limit.Token);
        }
        catch (OperationCanceledException)
        {
            _wrong.Add(new Finding(Code, "messages waited for as long as a worker slept"));
        }
        finally
        {
            worker.Resume();
            lock (scene.Paused)
                scene.Paused.Remove(worker);
        }
    }
}

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
            (WorkerProcess Worker, int Backend)? sleeper = null;
            await scene.InMidBatchAsync(moment, (worker, backend) =>
            {
                worker.Pause();
                sleeper = (worker, backend);
                return Task.CompletedTask;
            }, over);
            if (sleeper is { } one)
                await SleepAsync(scene, one.Worker, one.Backend);
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => _wrong;

    /// <summary>While it sleeps PostgreSQL must free its lanes by itself, and the other worker goes on.</summary>
    private async Task SleepAsync(Scene scene, WorkerProcess worker, int backend)
    {
        scene.Say($"paused a worker in mid-batch after {scene.Journal.Answers} answers");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await Scene.UntilAsync(async () => await scene.CountAsync(
                $"select count(*) from pg_locks where pid = {backend} and locktype = 'advisory'", limit.Token) == 0, limit.Token);
        }
        catch (OperationCanceledException)
        {
            _wrong.Add(new Finding(Code, "a lane was held for as long as its worker slept"));
        }
        finally
        {
            worker.Resume();
        }
    }
}

using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// The worker is killed while a batch is half applied. Somebody looks all the time, and surely while the batch waits and when its worker is
/// dead: a message's rows are there all together and only together with its settlement.
/// </summary>
internal sealed class KilledInMidBatch : Fault
{
    private const int Values = 5;
    private const int Patients = 9;
    private readonly List<Finding> _seen = [];
    private int _looks;

    public override string Code => "F02";

    public override string Name => "kill -9 of the worker in mid-batch";

    public override bool MustStrike => true;

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) =>
        [.. Enumerable.Range(0, Math.Min(scale.Messages, 20_000)).Select(n => Said.Results($"MID{n}", $"MID{n % Patients}", n, $"MID{n}", Values, n % 50))];

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        // A batch is often first caught when all has been sent; the looking ends with the killing, not with the sending.
        using var looking = new CancellationTokenSource();
        var look = LookAsync(scene, looking.Token);
        try
        {
            foreach (var moment in scene.Moments(Math.Min(scene.Scale.Strikes, 40), sends))
                await KillAsync(scene, moment, () => LookOnceAsync(scene, CancellationToken.None), over);
        }
        finally
        {
            await looking.CancelAsync();
            await look;
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) =>
        _looks > 0 ? [.. _seen.Take(5)] : [new Finding(Code, "nobody looked")];

    /// <param name="scene">Where.</param>
    /// <param name="moment">After how many answers.</param>
    /// <param name="look">Done while the batch waits, and again when its worker is dead and before another lives.</param>
    /// <param name="over">All has been sent.</param>
    internal static async Task KillAsync(Scene scene, long moment, Func<Task> look, CancellationToken over)
    {
        await scene.InMidBatchAsync(moment, async (worker, _) =>
        {
            await look();
            await worker.KillAsync(CancellationToken.None);
            await look();
            scene.Say($"{scene.Journal.Answers} answers: worker killed in mid-batch");
        }, over);
        if (scene.Worker.Id is null)
            await scene.Worker.StartAsync(CancellationToken.None);
    }

    private async Task LookAsync(Scene scene, CancellationToken over)
    {
        try
        {
            while (true)
                await LookOnceAsync(scene, over);
        }
        catch (OperationCanceledException)
        {
            // The killing is over.
        }
    }

    private async Task LookOnceAsync(Scene scene, CancellationToken over)
    {
        var half = await scene.CountAsync($"""
            select count(*) from inbox.message m left join inbox.settled s on s.message_id = m.id and s.outcome = 'applied'
            where (select count(*) from record.result r where r.message_id = m.id) <> case when s.message_id is null then 0 else {Values} end
            """, over);
        lock (_seen)
        {
            if (half > 0)
                _seen.Add(new Finding(Code, $"{half} messages were seen half applied"));
            _looks++;
        }
    }
}

using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// All at once, over a long load: a fifth sent twice, every source out of order, one in twenty broken, and at random moments the worker killed,
/// the database crashed, its connections ended.
/// </summary>
internal sealed class Everything : Fault
{
    private readonly List<(DateTime From, DateTime Until)> _downs = [];

    public override string Code => "ALL";

    public override string Name => "20% duplicates, reorder, 5% poison, kills, crashes and cut connections together";

    public override int Connections => 8;

    public override bool MustStrike => true;

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed)
    {
        var healthy = CountyTraffic.Of(seed, scale.Messages * 19 / 20);
        return [.. healthy, .. Tales.Of(4), .. Poison.Of(scale.Messages / 20, ["TALE0", "TALE1", "TALE2", "TALE3"])];
    }

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) =>
        Disorder.Shuffle(Disorder.Repeat(told, 0.2, dice), stretch: 2000, dice);

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        var done = 0;
        foreach (var moment in scene.Moments(Math.Max(3, scene.Scale.Strikes), sends))
        {
            await scene.AnsweredAsync(moment, over);
            switch (done++ % 10)
            {
                case 1 or 4 or 7:
                    await scene.Server.TerminateBackendsAsync(scene.Database);
                    scene.Say($"{moment} answers: connections ended");
                    break;
                case 2:
                    await DatabaseCrashed.CrashAsync(scene, _downs, over);
                    scene.Say($"{moment} answers: database crashed");
                    break;
                case 5 or 9:
                    await KilledInMidBatch.KillAsync(scene, moment, static () => Task.CompletedTask, over);
                    break;
                default:
                    await scene.Worker.KillAndStartAsync(CancellationToken.None);
                    scene.Say($"{moment} answers: worker killed");
                    break;
            }
        }
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) =>
        DatabaseCrashed.Untrue(Code, journal, _downs);

    public override bool MayBePoison(InboxRow row) => base.MayBePoison(row) || row.Control is null;
}

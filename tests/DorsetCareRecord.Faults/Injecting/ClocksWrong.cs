using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// Senders whose clock is wrong by years, back and forward, and over both changes of British summer time; and the clock of a worker beside the
/// first that jumps an hour, a day, a year, both ways, between any two batches.
/// </summary>
internal sealed class ClocksWrong : Fault
{
    public override string Code => "F08";

    public override string Name => "clocks wrong: senders by years, the worker's own steps";

    /// <summary>What a sender from the future states counts from its receipt, so here the order of sending is kept.</summary>
    public override int Connections => 1;

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) => [.. OfWrongSenders(), .. OfSteppingWorker(scale, seed)];

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => OfWrongSenders();

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        var time = new SteppingTime();
        await using var database = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(scene.Database.Worker));
        foreach (var some in OfSteppingWorker(scene.Scale, scene.Seed).Chunk(30))
        {
            time.Jump(TimeSpan.FromHours((new[] { -1.0, 1, -24, 24, -8760, 8760, -0.001, 0 })[scene.Dice.Next(8)]));
            var sent = new List<long>();
            foreach (var message in some)
                sent.Add(await scene.Journal.SendingAsync(message.Source, message.Control, message.Sha256));
            await CleanRun.StoreAsync(database, some, time, CancellationToken.None);
            foreach (var number in sent)
                await scene.Journal.AnsweredAsync(number, "AA");
            time.Step(TimeSpan.FromMinutes(scene.Dice.Next(-90, 90)));
            await CleanRun.DrainAsync(database, time, CancellationToken.None);
        }
    }

    /// <summary>Every message of a sender whose clock is ahead by more than five minutes says so.</summary>
    private static List<Planned> OfWrongSenders()
    {
        string[] clocks =
        [
            "19700101000000", "19991231235959", "20260329005959", "20260329013000", "20260329020000", "20261025013000", "20261025013001",
            "20261025020000", "20710615120000", "20991231235959", "20240229120000",
        ];
        return
        [
            .. clocks.Select((clock, n) => Said.Raw($"CLOCK{n}", string.Join('\r',
                Said.Header("ADT^A31", $"CLOCK{n}", clock), $"EVN|A31|{clock}", Said.Pid($"CLOCK{n % 3}", given: $"PERSON{n}"), ""))),
        ];
    }

    private static List<Planned> OfSteppingWorker(Scale scale, int seed) =>
        [.. CountyTraffic.Of(seed, Math.Min(scale.Messages, 20_000)), .. Tales.Of(scale.IsSmall ? 3 : 200)];

    /// <summary>
    /// The wall clock of a machine whose time is set by somebody. All it is set to lies after what is told: a message from its future would
    /// rightly count from its receipt, and the clean run beside it could not agree.
    /// </summary>
    private sealed class SteppingTime : TimeProvider
    {
        private static readonly TimeSpan Ahead = TimeSpan.FromDays(2 * 365);

        private TimeSpan _wrong = Ahead;

        public void Jump(TimeSpan by) => _wrong = Ahead + by;

        public void Step(TimeSpan by) => _wrong += by;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _wrong;
    }
}

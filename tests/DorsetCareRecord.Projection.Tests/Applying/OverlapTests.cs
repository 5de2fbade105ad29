using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Projection.Tests.Applying;

/// <summary>
/// Two lanes speak of the same person at one time: the second begins before the first has committed, and comes to its end before it or
/// waits for it. Whichever they are, the record is as if they had come one after the other.
/// </summary>
public sealed class OverlapTests(PostgresFixture postgres)
{
    private static readonly LocalPatient Survivor = new(SourceCodes.Camis, "B1");
    private static readonly LocalPatient Prior = new(SourceCodes.Camis, "B2");
    private static readonly LocalPatient Former = new(SourceCodes.Camis, "B3");
    private static readonly LocalPatient Replacement = new(SourceCodes.CareCentricBournemouth, "N1");
    private static readonly Cutovers Cutovers = new(TimeProvider.System) { Patience = TimeSpan.FromMinutes(10) };

    private static readonly IReadOnlyList<CrosswalkLine> Lines = [new("patient", Prior.Id, Replacement.Id), new("visit", "V1", "N9")];

    private delegate Task Step(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction);

    public static TheoryData<string, bool> Pairs()
    {
        var pairs = new TheoryData<string, bool>();
        foreach (var name in Cases.Keys)
        {
            pairs.Add(name, false);
            pairs.Add(name, true);
        }

        return pairs;
    }

    /// <summary>What was there before, and the two that overlap.</summary>
    private static Dictionary<string, (Step[] Before, Step One, Step Other)> Cases { get; } = new()
    {
        ["a merge, and a word on the patient merged away"] = (
            [Apply(Visit(1, Survivor, "V1", 1)), Apply(Visit(2, Prior, "V2", 2))],
            Apply(Merge(3, Survivor, Prior)), Apply(Visit(4, Prior, "V1", 4))),
        ["a merge told by another's message, and a word on the survivor"] = (
            [Apply(Visit(1, Survivor, "V1", 1)), Apply(Visit(2, Prior, "V2", 2)), Apply(Visit(3, Former, "V3", 3))],
            Apply(County.Message(4, Former, new Merged(Survivor, Prior, County.At(4)))), Apply(Visit(5, Survivor, "V2", 5))),
        ["a merge of who had merged already, and a word on whom it does not name"] = (
            [Apply(Visit(1, Survivor, "V1", 1)), Apply(Visit(2, Prior, "V2", 2)), Apply(Visit(3, Former, "V3", 3)), Apply(Merge(4, Prior, Former))],
            Apply(Merge(5, Survivor, Prior)), Apply(Visit(6, Former, "V1", 6))),
        ["a merge, and the first word on the patient merged away"] = (
            [Apply(Visit(1, Survivor, "V1", 1))], Apply(Merge(2, Survivor, Prior)), Apply(Visit(3, Prior, "V1", 3))),
        ["a merge that goes another way, and a word on the survivor of before"] = (
            [Apply(Visit(1, Survivor, "V1", 1)), Apply(Visit(2, Prior, "V1", 2)), Apply(Visit(3, Former, "V1", 3)), Apply(Merge(4, Survivor, Prior))],
            Apply(Merge(5, Former, Prior)), Apply(Visit(6, Survivor, "V1", 6))),
        ["the first words of both systems on one patient"] = (
            [AnnounceAsync, LoadAsync], Apply(Visit(1, Prior, "V1", 1)), Apply(Visit(2, Replacement, "N9", 2))),
        ["a crosswalk, and the first word of the old system"] = (
            [AnnounceAsync, Apply(Visit(1, Replacement, "N9", 1))], LoadAsync, Apply(Visit(2, Prior, "V1", 2))),
        ["a crosswalk, and a word of the old system"] = (
            [AnnounceAsync, Apply(Visit(1, Replacement, "N9", 1)), Apply(Visit(2, Prior, "V2", 2))], LoadAsync, Apply(Visit(3, Prior, "V1", 3))),
        ["a crosswalk, and a word of the new system"] = (
            [AnnounceAsync, Apply(Visit(1, Replacement, "N8", 1)), Apply(Visit(2, Prior, "V1", 2))], LoadAsync, Apply(Visit(3, Replacement, "N9", 3))),
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task When_two_speak_of_one_person_at_once_then_the_record_is_as_if_one_had_come_after_the_other(string name, bool otherFirst)
    {
        var (before, one, other) = Cases[name];
        var (first, second) = otherFirst ? (other, one) : (one, other);
        await using var inTurn = await Database.NewAsync(postgres);
        await using var atOnce = await Database.NewAsync(postgres);
        foreach (var step in before)
        {
            await RunAsync(inTurn, step);
            await RunAsync(atOnce, step);
        }

        await RunAsync(inTurn, first);
        await RunAsync(inTurn, second);
        await OverlapAsync(atOnce, first, second);

        Assert.NotEqual(0, await inTurn.ScalarAsync<long>("select count(*) from cover"));
        Assert.Equal(await inTurn.ShownAsync(), await atOnce.ShownAsync());
    }

    [Fact]
    public async Task When_a_cutover_is_announced_then_batches_that_knew_of_none_end_first()
    {
        await using var database = await Database.NewAsync(postgres);
        await using var batch = await database.Source.OpenConnectionAsync();
        await using var transaction = await batch.BeginTransactionAsync();
        await Apply(Visit(1, Prior, "V1", 1))(database, batch, transaction);

        var announced = Task.Run(() => RunAsync(database, AnnounceAsync));
        await database.WaitsOrEndsAsync(announced);

        Assert.False(announced.IsCompleted);
        await transaction.CommitAsync();
        await announced;
    }

    [Fact]
    public async Task When_a_batch_outlasts_an_announcement_then_it_is_refused_and_batches_no_longer_queue_behind_it()
    {
        await using var database = await Database.NewAsync(postgres);
        await using var batch = await database.Source.OpenConnectionAsync();
        await using var held = await batch.BeginTransactionAsync();
        await Apply(Visit(1, Prior, "V1", 1))(database, batch, held);
        var impatient = new Cutovers(TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(50) };
        await using var act = await database.Source.OpenConnectionAsync();
        await using var transaction = await act.BeginTransactionAsync();

        Assert.Equal("A long batch is running: try again.", await impatient.AnnounceAsync(act, CutoverPlan.Bournemouth, "an engineer", "the day is known"));

        await RunAsync(database, Apply(Visit(2, Survivor, "V2", 2)));
        await held.CommitAsync();
        Assert.Null(await impatient.AnnounceAsync(act, CutoverPlan.Bournemouth, "an engineer", "the day is known"));
        await using var patience = new NpgsqlCommand("show lock_timeout", act);
        Assert.Equal("0", await patience.ExecuteScalarAsync());
    }

    /// <summary>Of two patients far apart in the crosswalk, a batch holds the later; a word on the earlier does not wait for the step.</summary>
    [Fact]
    public async Task When_a_crosswalk_is_being_laid_then_batches_of_whom_it_has_laid_go_on_and_go_by_it()
    {
        await using var database = await Database.NewAsync(postgres);
        var last = new LocalPatient(SourceCodes.Camis, "Z1");
        List<CrosswalkLine> lines =
        [
            .. Lines, new("patient", last.Id, "N2"),
            .. Enumerable.Range(100, 300).Select(n => new CrosswalkLine("patient", $"C{n}", $"N{n}")),
        ];
        await RunAsync(database, AnnounceAsync);
        await RunAsync(database, Apply(Visit(1, Replacement, "N9", 1)));
        await using var batch = await database.Source.OpenConnectionAsync();
        await using var held = await batch.BeginTransactionAsync();
        await Apply(Visit(2, last, "V2", 2))(database, batch, held);

        var laid = Task.Run(() => RunAsync(database, (d, connection, _) => LoadAsync(d, connection, lines)));
        await database.WaitsOrEndsAsync(laid);
        await RunAsync(database, async (d, connection, transaction) =>
        {
            await using (var patience = new NpgsqlCommand("set local lock_timeout = '5s'", connection))
                await patience.ExecuteNonQueryAsync();
            await Apply(Visit(3, Prior, "V1", 3))(d, connection, transaction);
        });

        Assert.False(laid.IsCompleted);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from cover where why = 'crosswalk' and by_entry_id is not null"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from cutover_step where step = 'crosswalk'"));
        await held.CommitAsync();
        await laid;
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from cutover_step where step = 'crosswalk'"));
    }

    [Fact]
    public async Task When_the_laying_of_a_crosswalk_is_broken_off_then_it_is_whole_when_it_is_asked_for_again()
    {
        await using var database = await Database.NewAsync(postgres);
        await RunAsync(database, AnnounceAsync);
        await RunAsync(database, Apply(Visit(1, Replacement, "N9", 1)));
        await using var batch = await database.Source.OpenConnectionAsync();
        await using var held = await batch.BeginTransactionAsync();
        await Apply(Visit(2, Prior, "V1", 2))(database, batch, held);
        using var end = new CancellationTokenSource();
        var broken = Task.Run(() => RunAsync(database, (d, connection, _) => LoadAsync(d, connection, Lines, end.Token)));
        await database.WaitsOrEndsAsync(broken);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken);
        await held.CommitAsync();

        await RunAsync(database, LoadAsync);

        Assert.Equal(2, await database.ScalarAsync<int>("select crosswalk from cutover"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from cutover_step where step = 'crosswalk'"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from cover where why = 'crosswalk'"));
    }

    [Fact]
    public async Task When_who_covers_has_no_identifier_any_more_then_a_batch_says_so_and_does_not_look_for_ever()
    {
        await using var database = await Database.NewAsync(postgres);
        foreach (var step in (Step[])[AnnounceAsync, LoadAsync, Apply(Visit(1, Prior, "V1", 1)), Apply(Visit(2, Replacement, "N9", 2))])
            await RunAsync(database, step);
        await database.RunAsync($"delete from identifier where source = '{Replacement.Source}'");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync(database, Apply(Visit(3, Prior, "V1", 3))).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>The second begins when the first is done and has not committed, and is heard out.</summary>
    private static async Task OverlapAsync(Database database, Step first, Step second)
    {
        await using var one = await database.Source.OpenConnectionAsync();
        await using var other = await database.Source.OpenConnectionAsync();
        await using var earlier = await one.BeginTransactionAsync();
        await using var later = await other.BeginTransactionAsync();
        await first(database, one, earlier);

        var spoken = Task.Run(() => second(database, other, later));
        await database.WaitsOrEndsAsync(spoken);
        await earlier.CommitAsync();
        await spoken;
        await later.CommitAsync();
    }

    private static async Task RunAsync(Database database, Step step)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await step(database, connection, transaction);
        await transaction.CommitAsync();
    }

    private static Step Apply(MessageFacts message) => (_, connection, transaction) => new Projector().ApplyAsync(connection, transaction, [message]);

    private static async Task AnnounceAsync(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        Assert.Null(await Cutovers.AnnounceAsync(connection, CutoverPlan.Bournemouth, "an engineer", "the day is known"));

    private static Task LoadAsync(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        LoadAsync(database, connection, Lines);

    private static async Task LoadAsync(
        Database database, NpgsqlConnection connection, IReadOnlyList<CrosswalkLine> lines, CancellationToken cancellation = default) =>
        Assert.Null(await Cutovers.LoadCrosswalkAsync(
            connection, database.Source, CutoverPlan.Bournemouth, lines, "digest", "an engineer", "as delivered", cancellation));

    private static MessageFacts Merge(long id, LocalPatient survivor, LocalPatient prior) =>
        County.Message(id, survivor, new Merged(survivor, prior, County.At((int)id)));

    /// <summary>Each visit of another place, so that later words count.</summary>
    private static MessageFacts Visit(long id, LocalPatient patient, string key, int minute) => County.Message(id, patient,
        new Stated(key, new Encounter { Kind = EncounterKind.Inpatient, Location = $"Ward {minute}" }, County.At(minute)));
}

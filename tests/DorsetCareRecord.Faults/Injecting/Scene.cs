using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Sending;
using DorsetCareRecord.Faults.Traffic;
using Npgsql;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>How large a trial is.</summary>
/// <param name="Messages">Told by the sources, before anything is repeated.</param>
/// <param name="Strikes">How often a fault that strikes at random does so.</param>
internal sealed record Scale(int Messages, int Strikes)
{
    /// <summary>For a test run: seconds a fault.</summary>
    public static Scale Small { get; } = new(180, 2);

    public static Scale Large(int messages) => new(messages, Math.Clamp(messages / 2000, 3, 500));

    public bool IsSmall => this == Small;
}

/// <summary>What a fault works with while messages are being sent.</summary>
internal sealed class Scene(
    Server server, Database database, IReadOnlyList<WorkerProcess> workers, Journal journal, Random dice, Scale scale, int seed, Action<string> say)
{
    private int _turn;

    public Server Server { get; } = server;

    public Database Database { get; } = database;

    /// <summary>All work the same inbox; the first is the one most faults strike.</summary>
    public IReadOnlyList<WorkerProcess> Workers { get; } = workers;

    public WorkerProcess Worker => Workers[0];

    public Journal Journal { get; } = journal;

    public Random Dice { get; } = dice;

    public Scale Scale { get; } = scale;

    public int Seed { get; } = seed;

    /// <summary>How often something was done to the house.</summary>
    public int Strikes { get; private set; }

    /// <summary>A line of progress: what was just done to the house.</summary>
    public void Say(string line)
    {
        Strikes++;
        say(line);
    }

    /// <summary>The source's port at one of the workers in turn.</summary>
    public int PortOf(string source)
    {
        var turn = Interlocked.Increment(ref _turn);
        return Workers[turn % Workers.Count].PortOf(source);
    }

    public Lines Lines(int connections) => new(Journal, PortOf, connections);

    /// <summary>Completes when so many answers have come.</summary>
    public Task AnsweredAsync(long answers, CancellationToken over) => UntilAsync(() => Task.FromResult(Journal.Answers >= answers), over);

    /// <summary>So many moments within the sending, in order, as numbers of answers.</summary>
    public IReadOnlyList<long> Moments(int strikes, int sends) =>
        [.. Enumerable.Range(0, strikes).Select(_ => (long)(sends * (0.04 + 0.86 * Dice.NextDouble()))).Order()];

    /// <summary>Waits for a state.</summary>
    public static async Task UntilAsync(Func<Task<bool>> state, CancellationToken over)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!await state())
            await beat.WaitForNextTickAsync(over);
    }

    /// <summary>What does not come to its end in time is a failure, and not the end of the sending.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static async Task WithinAsync(int seconds, Func<CancellationToken, Task> act)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await act(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"A strike did not come to its end in {seconds} seconds.");
        }
    }

    /// <summary>Completes when nothing waits any more.</summary>
    public Task DrainedAsync(CancellationToken cancel) =>
        UntilAsync(async () => (await InboxLedger.RestAsync(Database.Owner, cancel)).Waiting == 0, cancel);

    /// <summary>One figure of the database.</summary>
    public async Task<long> CountAsync(string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Does something while a drain is in the middle of its batch: it has its lanes' locks and has written to the record, and cannot settle
    /// before this is over. Settling is stopped at once, the deed is done when so many answers have come.
    /// </summary>
    /// <param name="answers">How many.</param>
    /// <param name="deed">Given the drain's worker and the process id of its backend.</param>
    /// <param name="over">All has been sent.</param>
    public async Task InMidBatchAsync(long answers, Func<WorkerProcess, int, Task> deed, CancellationToken over)
    {
        await using var hold = new MidBatch(Database.Owner);
        await hold.LockAsync();
        await UntilAsync(() => Task.FromResult(Journal.Answers >= answers || over.IsCancellationRequested), CancellationToken.None);
        if (await hold.HasDrainAsync(() => over.IsCancellationRequested))
            await deed(Workers.Single(w => w.Name == hold.Worker), hold.Backend);
    }
}

using DorsetCareRecord.Testing;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>Law 1 and law 3 at the level of processes (fault F01): the worker is killed in mid-load, again and again.</summary>
public sealed class KilledWorkerTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task When_the_worker_is_killed_in_mid_load_then_every_acknowledged_message_is_projected_exactly_once()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database);
        var journal = new Journal(worker.SystemC, connections: 6, messagesEach: 150);
        await worker.StartAsync(limit.Token);

        var sending = journal.SendAsync(limit.Token);
        foreach (var acknowledged in (int[])[100, 350, 650])
        {
            await journal.ReachedAsync(acknowledged, limit.Token);
            await worker.KillAsync(limit.Token);
            await worker.StartAsync(limit.Token);
        }

        await sending;
        await DrainedAsync(database, limit.Token);

        Assert.Equal(journal.Count, journal.Acknowledged.Count);
        Assert.Equal(journal.Count, await CountAsync(database,
            "select count(distinct m.control_id) from inbox.message m join inbox.settled s on s.message_id = m.id where s.outcome = 'applied'"));
        Assert.Equal(0, await CountAsync(database,
            "select count(*) from (select m.control_id from inbox.message m join inbox.settled s on s.message_id = m.id where s.outcome = 'applied' group by 1 having count(*) > 1) twice"));
        Assert.Equal(0, await CountAsync(database, "select count(*) from inbox.parked"));
        Assert.Equal(journal.Count, await CountAsync(database, "select count(*) from record.result"));
        Assert.Equal(0, await CountAsync(database, """
            select count(*) from inbox.message m
            where (select count(*) from inbox.waiting w where w.message_id = m.id) + (select count(*) from inbox.parked p where p.message_id = m.id)
              + (select count(*) from inbox.settled s where s.message_id = m.id) <> 1
            """));
        var (code, said) = await worker.AskAsync(limit.Token, "verify");
        Assert.Equal((0, true), (code, said.Contains("no difference in 7 people", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_an_operator_asks_wrongly_then_the_answer_is_one_sentence_and_a_code()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database);

        var unknown = await worker.AskAsync(limit.Token, "show", "999 000 0018");
        var invalid = await worker.AskAsync(limit.Token, "show", "999 000 0019");
        var unparked = await worker.AskAsync(limit.Token, "replay", "42");

        Assert.All([unknown, invalid, unparked], answer =>
        {
            Assert.NotEqual(0, answer.Code);
            Assert.Single(answer.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        });
    }

    private static async Task DrainedAsync(TestDatabase database, CancellationToken cancel)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await CountAsync(database, "select count(*) from inbox.waiting") > 0)
            await beat.WaitForNextTickAsync(cancel);
    }

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

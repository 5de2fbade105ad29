using System.Collections.Concurrent;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Tests.Inbox;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Desk;

/// <summary>What the portal asks for is done by the worker: once, in order, with its outcome; and the portal can do no more than ask.</summary>
public sealed class ActTests(PostgresFixture postgres)
{
    private static readonly Asker Operator = new(Guid.NewGuid(), "Olive Operator", "ccg");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_portal_asks_then_the_worker_does_it_and_the_portal_reads_the_outcome()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        var desk = new ActDesk(portal);
        var id = Guid.NewGuid();

        await desk.AskAsync(id, "count", "camis", new Number(7), Operator, "a test", Cancel);
        var before = await desk.FindAsync(id, Cancel);
        Assert.True(await Runner(room, new Counting()).RunNextAsync(Cancel));

        var after = await desk.FindAsync(id, Cancel);
        Assert.Null(before!.Outcome);
        Assert.Equal((ActOutcome.Done, 8, Operator, "a test", "camis"),
            (after!.Outcome!.Value, after.AnswerAs<Number>()!.Value, after.By, after.Why, after.About));
    }

    [Fact]
    public async Task When_the_same_form_is_sent_twice_then_it_is_one_act()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        var counting = new Counting();
        var runner = Runner(room, counting);
        var id = Guid.NewGuid();

        for (var i = 0; i < 2; i++)
        {
            await new ActDesk(portal).AskAsync(id, "count", null, new Number(1), Operator, "a test", Cancel);
            await runner.RunNextAsync(Cancel);
        }

        Assert.Single(counting.Seen);
        Assert.False(await runner.RunNextAsync(Cancel));
    }

    [Fact]
    public async Task When_many_workers_run_then_each_act_is_done_once_and_in_the_order_of_asking()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var desk = new ActDesk(room.Database);
        var counting = new Counting();
        for (var i = 0; i < 40; i++)
            await desk.AskAsync(Guid.NewGuid(), "count", null, new Number(i), Operator, "a test", Cancel);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (await room.AskAsync<long>("select count(*) from inbox.act where done_at is null") > 0)
                await Runner(room, counting).RunNextAsync(Cancel);
        }, Cancel)));

        Assert.Equal(Enumerable.Range(0, 40), counting.Seen);
    }

    [Fact]
    public async Task When_a_handler_breaks_or_will_not_then_what_it_wrote_is_taken_back_and_the_outcome_says_so()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await RunAsync(room, "create table public.mark (n int); grant all on public.mark to dcr_worker");
        var desk = new ActDesk(room.Database);
        var (breaks, refuses, unknown) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await desk.AskAsync(breaks, "mark", null, new Number(1), Operator, "a test", Cancel);
        await desk.AskAsync(refuses, "mark", null, new Number(2), Operator, "a test", Cancel);
        await desk.AskAsync(unknown, "nobody-knows", null, new Number(3), Operator, "a test", Cancel);
        var runner = Runner(room, new Marking());

        while (await runner.RunNextAsync(Cancel))
        {
        }

        Assert.Equal(0, await room.AskAsync<long>("select count(*) from public.mark"));
        var acts = new[] { await desk.FindAsync(breaks, Cancel), await desk.FindAsync(refuses, Cancel), await desk.FindAsync(unknown, Cancel) };
        Assert.Equal([ActOutcome.Failed, ActOutcome.Refused, ActOutcome.Refused], acts.Select(a => a!.Outcome!.Value));
        Assert.Contains("InvalidOperationException", acts[0]!.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", acts[0]!.Sentence, StringComparison.Ordinal);
        Assert.Equal("Not two.", acts[1]!.Sentence);
    }

    [Fact]
    public async Task When_machinery_breaks_an_act_again_and_again_then_it_fails_and_the_next_is_done()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var desk = new ActDesk(room.Database);
        var (broken, next) = (Guid.NewGuid(), Guid.NewGuid());
        await desk.AskAsync(broken, "time-out", null, new Number(1), Operator, "a test", Cancel);
        await desk.AskAsync(next, "count", null, new Number(1), Operator, "a test", Cancel);
        var runner = Runner(room, new TimingOut(), new Counting());

        for (var i = 0; i < ActRunner.MostTries; i++)
            await Assert.ThrowsAsync<PostgresException>(() => runner.RunNextAsync(Cancel));
        Assert.True(await runner.RunNextAsync(Cancel));

        Assert.Equal(ActOutcome.Failed, (await desk.FindAsync(broken, Cancel))!.Outcome);
        Assert.Equal(ActOutcome.Done, (await desk.FindAsync(next, Cancel))!.Outcome);
    }

    [Fact]
    public async Task When_an_act_works_elsewhere_for_long_then_its_own_transaction_is_not_ended_meanwhile()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var settings = new NpgsqlConnectionStringBuilder(room.WorkerDatabase) { Options = "-c idle_in_transaction_session_timeout=60000" };
        await using var impatient = NpgsqlDataSource.Create(settings.ConnectionString);
        var desk = new ActDesk(room.Database);
        var id = Guid.NewGuid();
        await desk.AskAsync(id, "patience", null, new Number(1), Operator, "a test", Cancel);

        await new ActRunner(impatient, [new Patience()], TimeProvider.System).RunNextAsync(Cancel);

        await using var afterwards = impatient.CreateCommand(Patience.Setting);
        Assert.Equal("0", (await desk.FindAsync(id, Cancel))!.AnswerAs<Told>()!.Setting);
        Assert.Equal("1min", await afterwards.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task When_what_was_asked_is_incomplete_then_it_is_refused()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var desk = new ActDesk(room.Database);
        var id = Guid.NewGuid();
        await desk.AskAsync(id, "count", null, new { Other = "x" }, Operator, "a test", Cancel);

        await Runner(room, new Counting()).RunNextAsync(Cancel);

        Assert.Equal(ActOutcome.Refused, (await desk.FindAsync(id, Cancel))!.Outcome);
    }

    [Theory]
    [InlineData("update inbox.act set outcome = 'done'")]
    [InlineData("delete from inbox.act")]
    [InlineData("select args from inbox.act")]
    [InlineData("insert into inbox.act (id, kind, args, name, organisation, why, outcome) values (gen_random_uuid(), 'x', '{}', 'a', 'b', 'c', 'done')")]
    [InlineData("insert into inbox.act (id, kind, args, name, organisation, why, asked_at) values (gen_random_uuid(), 'x', '{}', 'a', 'b', 'c', now())")]
    public async Task When_the_portal_would_do_more_than_ask_then_the_database_refuses(string sql)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);
        await using var command = portal.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    private static ActRunner Runner(InboxRoom room, params IActHandler[] handlers) => new(room.Database, handlers, TimeProvider.System);

    private static async Task RunAsync(InboxRoom room, string sql)
    {
        await using var owner = await room.OwnerAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed record Number(int Value);

    private sealed class Counting : ActHandler<Number>
    {
        public ConcurrentQueue<int> Seen { get; } = new();

        public override string Kind => "count";

        protected override Task<ActAnswer> HandleAsync(ActContext context, Number args, CancellationToken cancellation)
        {
            Seen.Enqueue(args.Value);
            return Task.FromResult<ActAnswer>(new ActAnswer.Done(new Number(args.Value + 1)));
        }
    }

    /// <summary>Writes, then breaks for 1 and will not for 2.</summary>
    private sealed class Marking : ActHandler<Number>
    {
        public override string Kind => "mark";

        protected override async Task<ActAnswer> HandleAsync(ActContext context, Number args, CancellationToken cancellation)
        {
            await using var command = new NpgsqlCommand($"insert into public.mark values ({args.Value})", context.Connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return args.Value == 1 ? throw new InvalidOperationException("secret words") : new ActAnswer.Refused("Not two.");
        }
    }

    private sealed record Told(string Setting);

    /// <summary>Says how long its transaction may stand idle.</summary>
    private sealed class Patience : ActHandler<Number>
    {
        public const string Setting = "show idle_in_transaction_session_timeout";

        public override string Kind => "patience";

        protected override async Task<ActAnswer> HandleAsync(ActContext context, Number args, CancellationToken cancellation)
        {
            await using var command = new NpgsqlCommand(Setting, context.Connection);
            return new ActAnswer.Done(new Told((string)(await command.ExecuteScalarAsync(cancellation))!));
        }
    }

    private sealed class TimingOut : ActHandler<Number>
    {
        public override string Kind => "time-out";

        protected override async Task<ActAnswer> HandleAsync(ActContext context, Number args, CancellationToken cancellation)
        {
            await using var command = new NpgsqlCommand("set local statement_timeout = 1; select pg_sleep(10)", context.Connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return new ActAnswer.Done(args);
        }
    }
}

using System.Net.Sockets;
using System.Text.Json;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Sending;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>The desk's verbs at a prompt, against a running worker and without one.</summary>
public sealed class DeskCommandTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_source_is_paused_then_messages_are_answered_and_wait_and_resume_applies_them()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);

        var paused = await worker.AskAsync(Cancel, "pause", "systemc", "--why", "a comparison");
        var again = await worker.AskAsync(Cancel, "pause", "systemc");
        var unknown = await worker.AskAsync(Cancel, "pause", "medway");
        var acknowledged = await SendAsync(worker, 3);
        var feeds = await worker.AskAsync(Cancel, "feeds", "--json");
        var waiting = await AskAsync<long>(database, "select count(*) from inbox.waiting");
        var resumed = await worker.AskAsync(Cancel, "resume", "systemc");
        await UntilAsync(database, "select count(*) = 3 from inbox.settled where outcome = 'applied'");

        Assert.Equal((0, "systemc is paused: its messages are stored and answered, not applied\n"), paused);
        Assert.Equal((1, "systemc is paused already.\n"), again);
        Assert.Equal(1, unknown.Code);
        Assert.Contains("\"medway\" is no source", unknown.Said, StringComparison.Ordinal);
        Assert.Equal((3, 3L), (acknowledged, waiting));
        var row = JsonDocument.Parse(feeds.Said).RootElement.GetProperty("sources").EnumerateArray().Single(s => s.GetProperty("source").GetString() == "systemc");
        Assert.Equal((true, 3, "on-time"), (row.GetProperty("paused").GetBoolean(), row.GetProperty("waiting").GetInt32(), row.GetProperty("state").GetString()));
        Assert.Equal((0, "systemc is applied again, 3 messages waiting\n"), resumed);
        Assert.Equal("a comparison", await AskAsync<string>(database, "select why from inbox.act where kind = 'pause' and outcome = 'done'"));
        Assert.Equal(1L, await AskAsync<long>(database, "select count(*) from inbox.pause where ended_at is not null and ended_by like '%command line'"));
    }

    [Fact]
    public async Task When_parked_messages_are_tried_dry_then_the_answer_says_what_would_change_and_nothing_does()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);
        await SendAsync(worker, 2);
        await UntilAsync(database, "select count(*) = 2 from inbox.settled");
        // As if they had been parked by an adapter that has been mended since.
        await RunAsync(database, """
            insert into inbox.parked select m.id, m.received_at, m.lane, m.source, 'adapter-fault', null, null, 1, now() from inbox.message m;
            delete from inbox.settled;
            truncate record.version, record.result, record.report, record.demographics cascade
            """);

        var dry = await worker.AskAsync(Cancel, "replay", "--reason", "adapter-fault", "--dry-run");
        var unchanged = await AskAsync<long>(database, "select count(*) from record.version");
        var real = await worker.AskAsync(Cancel, "replay", "--reason", "adapter-fault");
        await UntilAsync(database, "select count(*) = 2 from inbox.settled where outcome = 'applied'");
        var none = await worker.AskAsync(Cancel, "replay", "--reason", "adapter-fault");

        Assert.Equal((0, 0L), (dry.Code, unchanged));
        Assert.Contains("2 messages, 2 tried: 2 would be applied with ", dry.Said, StringComparison.Ordinal);
        Assert.Equal((0, "2 messages wait in their lanes again\n"), real);
        Assert.True(await AskAsync<long>(database, "select count(*) from record.result") == 2);
        Assert.Equal((1, "No message that is parked answers to this.\n"), none);
    }

    [Fact]
    public async Task When_messages_are_sought_then_they_are_found_by_what_is_on_their_outside_and_the_day_balances()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);
        await SendAsync(worker, 30);
        await UntilAsync(database, "select count(*) = 30 from inbox.settled");
        await RunAsync(database, "delete from inbox.settled where message_id = (select id from inbox.message where control_id = 'K9')");
        var day = await AskAsync<string>(database, "select to_char(now() at time zone 'Europe/London', 'YYYY-MM-DD')");

        var found = await worker.AskAsync(Cancel, "find", "--control-id", "K3");
        var around = await worker.AskAsync(Cancel, "find", "--from", $"{day}", "--until", "2999-01-01", "--source", "systemc", "--json");
        var account = await worker.AskAsync(Cancel, "reconcile", day);

        Assert.Contains("applied", found.Said, StringComparison.Ordinal);
        Assert.EndsWith("1 messages\n", found.Said, StringComparison.Ordinal);
        Assert.Equal("find K3", await AskAsync<string>(database, "select string_agg(args ->> 'command' || ' ' || (args ->> 'words'), ',') from inbox.act where kind = 'look' and outcome = 'done'"));
        Assert.Equal(30, JsonDocument.Parse(around.Said).RootElement.GetArrayLength());
        Assert.Equal(1, account.Code);
        Assert.Contains("DOES NOT BALANCE", account.Said, StringComparison.Ordinal);
        Assert.Contains("no gap", account.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_sender_forgets_its_end_block_then_health_says_how_many_bytes_lie_there()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);
        await SendAsync(worker, 1);
        using var sender = new TcpClient { NoDelay = true };
        await sender.ConnectAsync("127.0.0.1", worker.PortOf(SourceCodes.SystemC), Cancel);

        await sender.GetStream().WriteAsync("\vMSH|^~\\&|LAB"u8.ToArray(), Cancel);
        // The line that brought the first message is seen to have gone a moment after its sender went.
        var health = await HealthUntilAsync(worker, row => row.GetProperty("unendedBytes").GetInt64() > 0 && row.GetProperty("peers").GetInt32() == 1);

        Assert.InRange(health.GetProperty("unendedBytes").GetInt32(), 12, 13);
        Assert.Equal(0, health.GetProperty("parked").GetInt32());
        Assert.True(health.GetProperty("answerP95Milliseconds").GetDouble() > 0);
        sender.Close();
        await HealthUntilAsync(worker, row => row.GetProperty("unendedBytes").GetInt64() == 0 && row.GetProperty("peers").GetInt32() == 0);
    }

    [Fact]
    public async Task When_a_source_falls_silent_then_the_worker_says_so_once_and_again_when_it_is_back()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        await RunAsync(database, "insert into inbox.expectation select 'systemc', n, 0, '7 seconds', '8 seconds', 0, now() from generate_series(0, 167) n");
        using var worker = new WorkerProcess(database.Worker);
        await worker.StartAsync(Cancel);
        await SendAsync(worker, 1);

        await HealthUntilAsync(worker, row => row.GetProperty("state").GetString() == "silent");
        await SendAsync(worker, 1);
        await HealthUntilAsync(worker, row => row.GetProperty("state").GetString() == "on-time");

        // What is logged reaches us by a pipe of its own, so a moment later.
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        List<string> said;
        while ((said = States()) is not [.., "Silent", "OnTime"])
            await beat.WaitForNextTickAsync(Cancel);
        Assert.Single(said, state => state == "Silent");

        List<string> States() => [.. worker.Log.Where(line => line.Contains("\"Source\":\"systemc\"", StringComparison.Ordinal))
            .Select(line => JsonElement.Parse(line)).Where(line => line.TryGetProperty("State", out _)).Select(line => line.GetProperty("State").GetString()!)
            .Where(state => state is "Silent" or "OnTime")];
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("find")]
    [InlineData("replay", "--dry-run")]
    [InlineData("reconcile", "yesterday", "--loud")]
    public async Task When_a_verb_is_typed_wrongly_then_its_usage_is_shown(params string[] words)
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        using var worker = new WorkerProcess(database.Worker);

        var (code, said) = await worker.AskAsync(Cancel, words);

        Assert.Equal(2, code);
        Assert.Contains("Worker feeds [--json]", said, StringComparison.Ordinal);
    }

    /// <summary>Sends reports of a few patients one after the other, numbered K0, K1 ...; how many were acknowledged.</summary>
    private static async Task<int> SendAsync(WorkerProcess worker, int messages)
    {
        var file = Path.GetTempFileName();
        await using (var journal = new Journal(file))
        {
            await new Lines(journal, worker.PortOf, connections: 1).SendAsync(
                [.. Enumerable.Range(0, messages).Select(n => Said.Results($"K{n}", $"DESK{n % 3}", n, $"FK{n}", values: 1, level: n))], Cancel);
        }

        var accepted = Journal.Read(file).Count(sent => sent.IsAccepted);
        File.Delete(file);
        return accepted;
    }

    /// <summary>System C's line of /health/feeds once it is as waited for.</summary>
    private static async Task<JsonElement> HealthUntilAsync(WorkerProcess worker, Func<JsonElement, bool> isSo)
    {
        using var client = new HttpClient();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var answer = await client.GetAsync(new Uri(worker.Door, "/health/feeds"), Cancel);
            if (answer.IsSuccessStatusCode)
            {
                var row = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("sources").EnumerateArray()
                    .Single(source => source.GetProperty("source").GetString() == SourceCodes.SystemC);
                if (isSo(row))
                    return row;
            }

            await beat.WaitForNextTickAsync(Cancel);
        }
    }

    private static async Task<T> AskAsync<T>(TestDatabase database, string sql)
    {
        await using var owner = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task RunAsync(TestDatabase database, string sql)
    {
        await using var owner = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task UntilAsync(TestDatabase database, string condition)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await AskAsync<bool>(database, condition))
            await beat.WaitForNextTickAsync(Cancel);
    }
}

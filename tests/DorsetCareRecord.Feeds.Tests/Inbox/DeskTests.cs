using System.Globalization;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>What operators and the portal ask of the inbox, and what the roles may not do.</summary>
public sealed class DeskTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_parked_message_is_replayed_then_it_waits_again_and_its_attempts_are_kept()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        var id = await room.AcceptAsync("m1");
        var refusing = new RecordingWork { Outcome = _ => new Parked(new Fault(Reasons.NoPatient, "PID-3")) };
        await room.DrainAllAsync(refusing);

        await using var connection = await room.Database.OpenConnectionAsync(Cancellation);
        var replayed = await InboxDesk.ReplayAsync(connection, [id], Cancellation);
        var again = await InboxDesk.ReplayAsync(connection, [id], Cancellation);
        await room.DrainAllAsync(refusing);

        Assert.Equal((1, 0), (replayed, again));
        Assert.Equal(2, Assert.Single(await room.Desk.ParkedAsync(10, Cancellation)).Attempts);
    }

    [Fact]
    public async Task When_a_message_is_parked_then_it_is_kept_whose_it_is_as_far_as_it_can_be_read()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await room.AcceptAsync("MSH|^~\\&|MEDWAY|RBD01|DCR|DCR|20261101080000||ADT^A28|C1|P|2.4\rPID|1||DCH1^^^RBD01^HOSP||LEDGER^PERSON||19500101|F\r");
        await room.AcceptAsync("not a message", patient: "p2");

        await room.DrainAllAsync(new RecordingWork { Outcome = _ => new Parked(new Fault(Reasons.ApplyFault)) });

        Assert.Equal("{DCH1} {}", await room.AskAsync<string>("select string_agg(patients::text, ' ' order by message_id) from inbox.parked"));
    }

    [Fact]
    public async Task When_the_history_is_read_then_it_has_the_applied_messages_in_order_and_nothing_else()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await Task.WhenAll(Enumerable.Range(0, 1203).Select(i => room.AcceptAsync($"m{i}", patient: $"p{i % 7}")));
        await room.AcceptAsync("m5");
        await room.DrainAllAsync(new RecordingWork
        {
            Outcome = m => RecordingWork.Text(m) switch
            {
                "m7" => new NoConcern("query"),
                "m8" => new Parked(new Fault(Reasons.NoPatient)),
                _ => new Applied(1, []),
            },
        });
        await using var connection = await room.Database.OpenConnectionAsync(Cancellation);

        var ids = await AppliedOrder.IdsAsync(connection, Cancellation);
        var history = (await AppliedOrder.ReadAsync(connection, ids, Cancellation)).Select(m => int.Parse(RecordingWork.Text(m)[1..], CultureInfo.InvariantCulture)).ToList();

        var expected = Enumerable.Range(0, 1203).Where(i => i is not (7 or 8)).ToList();
        Assert.Equal(expected, history.Order());
        // Of one patient in the order of receipt; of different ones in the order in which they were applied.
        Assert.All(history.GroupBy(i => i % 7), patient => Assert.Equal(patient.Order(), patient));
    }

    [Fact]
    public async Task When_the_portal_asks_for_freshness_then_it_gets_it_and_silent_sources_are_named()
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await room.AcceptAsync("m1");
        await using var portal = NpgsqlDataSource.Create(room.PortalDatabase);

        var sources = await SourceFreshness.ReadAsync(portal, TimeProvider.System.GetUtcNow(), Cancellation);

        Assert.Equal(Dorset.Sources.Select(s => s.Code), sources.Select(s => s.Source));
        Assert.Equal([SourceCodes.SystemC], sources.Where(s => s.LastReceivedAt is not null).Select(s => s.Source));
    }

    [Theory]
    [InlineData("dcr_portal", "select body from inbox.message")]
    [InlineData("dcr_portal", "select digest from inbox.message")]
    [InlineData("dcr_portal", "delete from inbox.parked")]
    [InlineData("dcr_portal", "update inbox.settled set outcome = 'applied'")]
    [InlineData("dcr_portal", "insert into inbox.pause values (gen_random_uuid(), 'gp', now(), 'a', 'b')")]
    [InlineData("dcr_portal", "insert into inbox.waiting values (1, now(), 1, 'gp')")]
    [InlineData("dcr_worker", "update inbox.message set body = ''")]
    [InlineData("dcr_worker", "delete from inbox.message")]
    [InlineData("dcr_worker", "truncate inbox.message")]
    public async Task When_a_role_oversteps_then_the_database_refuses(string role, string sql)
    {
        await using var room = await InboxRoom.OpenAsync(postgres);
        await using var database = NpgsqlDataSource.Create(
            role == "dcr_portal" ? room.PortalDatabase : room.Database.ConnectionString + ";Password=" + TestDatabase.RolePassword);
        await using var command = database.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task When_databases_of_one_cluster_are_migrated_at_once_and_again_then_all_are_whole()
    {
        var migrations = Enumerable.Range(0, 4).Select(async i =>
        {
            await using var database = await postgres.CreateDatabaseAsync();
            var passwords = new RolePasswords(TestDatabase.RolePassword, TestDatabase.RolePassword);
            await Task.WhenAll(
                InboxSchema.MigrateAsync(database.Owner, passwords, Cancellation),
                InboxSchema.MigrateAsync(database.Owner, passwords, Cancellation));
            await using var worker = NpgsqlDataSource.Create(database.Worker);
            await using var partitions = worker.CreateCommand("select inbox.add_partitions(5)");
            return (int)(await partitions.ExecuteScalarAsync(Cancellation))!;
        });

        Assert.All(await Task.WhenAll(migrations), added => Assert.Equal(2, added));
    }
}

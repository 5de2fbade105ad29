using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Projection.Merging;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Projection.Tests.Verifying;

/// <summary>Law 2 and its watchman: a record that follows from its messages verifies, and any row touched by hand is found.</summary>
public sealed class VerifierTests(PostgresFixture postgres)
{
    [Fact]
    public async Task When_the_record_follows_from_its_messages_then_no_difference_is_found()
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(7, 200);
        await database.ApplyOneByOneAsync(messages);

        var found = await VerifyAsync(database, messages);

        Assert.Empty(found.Differences);
        Assert.Equal(200, found.Messages);
        Assert.Equal(await database.ScalarAsync<long>("select count(distinct person_id) from person_link where ended_at is null"), found.People);
    }

    [Theory]
    [InlineData("update allergy set substance = 'Nothing' where id = (select id from allergy order by id limit 1)", "allergy", "differs in substance")]
    [InlineData("delete from encounter where id = (select id from encounter order by id limit 1)", "encounter", "missing in the record")]
    [InlineData("update allergy set ended = not ended where id = (select id from allergy order by id limit 1)", "allergy", "differs in ended")]
    [InlineData("insert into problem (home, id, identity_id, section, source, source_key, source_version, recorded_at, message_id, adapter_version, ended, kind, text, status) select home, gen_random_uuid(), id, 3, source, 'x', now(), now(), 1, 1, false, 1, 'x', 1 from identity limit 1", "problem", "not in the replay")]
    [InlineData("update version set item = '{}' where (entry_id, source_version, message_id, ordinal) = (select entry_id, source_version, message_id, ordinal from version order by 1, 2, 3, 4 limit 1)", "version", "differs in item")]
    [InlineData("update trait set postcode = 'ZZ1 1ZZ' where identity_id = (select identity_id from trait order by identity_id limit 1)", "trait", "differs in postcode")]
    [InlineData("update document set bytes = '\\x00'", "document", "differs in bytes")]
    public async Task When_a_row_was_touched_by_hand_then_it_is_found_and_a_rebuild_mends_it(string touch, string table, string what)
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(7, 200);
        await database.ApplyOneByOneAsync(messages);
        var before = await database.EverythingAsync();
        await database.RunAsync(touch);

        var found = await VerifyAsync(database, messages);
        await Rebuilder.RunAsync(database.ConnectionString, Of(messages), null, TimeProvider.System);

        Assert.Contains(found.Differences, d => d.Table == table && d.What == what);
        Assert.Equal(before, await database.EverythingAsync());
    }

    [Fact]
    public async Task When_everything_is_lost_but_the_messages_then_a_rebuild_brings_it_back()
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(11, 200);
        await database.ApplyOneByOneAsync(messages);
        var before = await database.ShownAsync();
        foreach (var table in Shadow.Tables)
            await database.RunAsync($"delete from \"{table}\"");
        await using var listener = await database.Source.OpenConnectionAsync();
        await using (var listen = new NpgsqlCommand($"listen {RecordSchema.Channel}", listener))
            await listen.ExecuteNonQueryAsync();
        var told = new List<string>();
        listener.Notification += (_, e) => told.Add(e.Payload);

        var done = await Rebuilder.RunAsync(database.ConnectionString, Of(messages), null, TimeProvider.System);
        await listener.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(done.Rows > 0);
        // Whoever has a record open is told of every section there is.
        var sections = string.Join(',', Enum.GetValues<Section>().Select(s => (int)s));
        Assert.NotEmpty(told);
        Assert.All(told, payload => Assert.EndsWith($":{sections}", payload, StringComparison.Ordinal));
        Assert.Equal(before, await database.ShownAsync());
    }

    [Fact]
    public async Task When_nothing_differs_then_a_rebuild_touches_no_row()
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(11, 200);
        await database.ApplyOneByOneAsync(messages);

        Assert.Equal(0, (await Rebuilder.RunAsync(database.ConnectionString, Of(messages), null, TimeProvider.System)).Rows);
    }

    [Fact]
    public async Task When_humans_have_ruled_then_verify_and_rebuild_keep_their_word()
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(13, 200);
        await database.ApplyOneByOneAsync(messages);
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var waiting = (await WaitingMatches.ReadAsync(connection)).Take(4).ToList();
            Assert.Equal(4, waiting.Count);
            foreach (var (match, i) in waiting.Select((m, i) => (m, i)))
            {
                var (one, other) = (Links.IdentityOf(match.One), Links.IdentityOf(match.Other));
                if (i % 2 == 0)
                    await new Links(TimeProvider.System).LinkAsync(connection, transaction, one, other, "operator", "seen");
                else
                    await new Links(TimeProvider.System).UnlinkAsync(connection, transaction, one, other, "operator", "seen");
            }

            await transaction.CommitAsync();
        }

        var before = await database.EverythingAsync();
        var found = await VerifyAsync(database, messages);
        var done = await Rebuilder.RunAsync(database.ConnectionString, Of(messages), null, TimeProvider.System);

        Assert.Empty(found.Differences);
        Assert.Equal(0, done.Rows);
        Assert.Equal(before, await database.EverythingAsync());
    }

    [Fact]
    public async Task When_a_message_is_no_longer_understood_then_that_is_a_difference()
    {
        await using var database = await Database.NewAsync(postgres);
        var messages = County.Messages(3, 20);
        await database.ApplyOneByOneAsync(messages);

        var found = await Verifier.RunAsync(database.ConnectionString, Of(messages, forgotten: 5), null);

        Assert.Contains(found.Differences, d => d is { Table: "message", Key: "5" });
    }

    [Theory]
    [InlineData(CutoverSteps.Crosswalk)]
    [InlineData(CutoverSteps.Drained)]
    public async Task When_a_cutover_takes_a_step_during_a_rebuild_then_nothing_is_exchanged_until_it_is_run_again(string step)
    {
        await using var database = await Database.NewAsync(postgres);
        var (old, @new) = (new LocalPatient(SourceCodes.Camis, "B1"), new LocalPatient(SourceCodes.CareCentricBournemouth, "N1"));
        var cutovers = new Cutovers(TimeProvider.System);
        IReadOnlyList<MessageFacts> messages = [Visit(1, old, "V1"), Visit(2, @new, "N9")];
        await database.ApplyOneByOneAsync(messages);
        await InTransactionAsync(database, c => cutovers.AnnounceAsync(c, CutoverPlan.Bournemouth, "an engineer", "the day is known"));
        if (step == CutoverSteps.Drained)
            await LoadAsync([new("patient", old.Id, @new.Id)]);
        var shown = "";

        var done = await Rebuilder.RunAsync(database.ConnectionString, Meanwhile(messages, StepAsync), null, TimeProvider.System);

        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from cover"));
        Assert.Equal(shown, await database.ShownAsync());
        Assert.Contains("Run it again", done.Refused, StringComparison.Ordinal);
        Assert.Null((await Rebuilder.RunAsync(database.ConnectionString, Of(messages), null, TimeProvider.System)).Refused);
        Assert.Equal(shown, await database.ShownAsync());

        async Task StepAsync()
        {
            if (step == CutoverSteps.Crosswalk)
                await LoadAsync([new("patient", old.Id, @new.Id), new("visit", "V1", "N9")]);
            else
                await database.RunAsync("update cutover set drained_at = now()");
            await InTransactionAsync(database, async c => { await Covers.RefreshAsync(c, [old], alone: false, default, always: true); return null; });
            shown = await database.ShownAsync();
        }

        Task LoadAsync(IReadOnlyList<CrosswalkLine> lines) => InTransactionAsync(database, c => cutovers.LoadCrosswalkAsync(
            c, database.Source, CutoverPlan.Bournemouth, lines, "digest", "an engineer", "as delivered"));
    }

    [Fact]
    public async Task When_a_crosswalk_is_being_laid_then_verify_waits_until_it_lies()
    {
        await using var database = await Database.NewAsync(postgres);
        var (old, @new) = (new LocalPatient(SourceCodes.Camis, "B1"), new LocalPatient(SourceCodes.CareCentricBournemouth, "N1"));
        var cutovers = new Cutovers(TimeProvider.System);
        IReadOnlyList<MessageFacts> messages = [Visit(1, old, "V1"), Visit(2, @new, "N9")];
        await database.ApplyOneByOneAsync(messages);
        await InTransactionAsync(database, c => cutovers.AnnounceAsync(c, CutoverPlan.Bournemouth, "an engineer", "the day is known"));
        await using var lane = await database.Source.OpenConnectionAsync();
        await using var held = await lane.BeginTransactionAsync();
        await using var locks = new NpgsqlBatch(lane);
        foreach (var command in Locks.OfCovers([old]))
            locks.BatchCommands.Add(command);
        await locks.ExecuteNonQueryAsync();
        var laid = Task.Run(() => InTransactionAsync(database, c => cutovers.LoadCrosswalkAsync(
            c, database.Source, CutoverPlan.Bournemouth, [new("patient", old.Id, @new.Id), new("visit", "V1", "N9")], "digest", "an engineer", "as delivered")));
        await database.WaitsOrEndsAsync(laid);

        var verified = Task.Run(() => VerifyAsync(database, messages));
        await database.WaitsOrEndsAsync(verified, waiting: 2);
        await held.CommitAsync();
        await laid;

        Assert.Empty((await verified).Differences);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from cover"));
    }

    private static async Task InTransactionAsync(Database database, Func<NpgsqlConnection, Task<string?>> step)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.Null(await step(connection));
        await transaction.CommitAsync();
    }

    private static MessageFacts Visit(long id, LocalPatient patient, string key) => County.Message(id, patient, new Stated(
        key, new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.InProgress, Location = $"Ward {id}" }, County.At((int)id)));

    /// <summary>Something happens once, after the shadow was made and before anything is replayed.</summary>
    private static Replay Meanwhile(IReadOnlyList<MessageFacts> messages, Func<Task> what)
    {
        var (replay, done) = (Of(messages), false);
        return replay with
        {
            OrderAsync = async (connection, cancellation) =>
            {
                if (!done)
                    await what();
                done = true;
                return await replay.OrderAsync(connection, cancellation);
            },
        };
    }

    private static Task<Verification> VerifyAsync(Database database, IReadOnlyList<MessageFacts> messages) =>
        Verifier.RunAsync(database.ConnectionString, Of(messages), null);

    private static Replay Of(IReadOnlyList<MessageFacts> messages, long forgotten = 0)
    {
        var byId = messages.ToDictionary(m => m.MessageId);
        return new Replay(
            (_, _) => Task.FromResult<IReadOnlyList<long>>([.. messages.Select(m => m.MessageId)]),
            (_, ids, _) => Task.FromResult<IReadOnlyList<ReplayedMessage>>(
                [.. ids.Select(id => id == forgotten ? new ReplayedMessage(id, null, "forgotten") : new ReplayedMessage(id, byId[id], null))]));
    }
}

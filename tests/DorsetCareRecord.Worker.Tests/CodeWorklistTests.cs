using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Testing;
using DorsetCareRecord.Worker.Acts;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>The worklist of unmapped codes: counted by place and shape, ruled on by name, and open again when a ruling proves wrong.</summary>
public sealed class CodeWorklistTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = TimeProvider.System.GetUtcNow();
    private static readonly Asker Operator = new(Guid.NewGuid(), "Olive Operator", "ccg");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_code_is_ruled_on_then_the_list_says_so_and_a_mapped_code_that_comes_again_is_open()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        await using var worker = NpgsqlDataSource.Create(database.Worker);
        await using var portal = NpgsqlDataSource.Create(database.Portal);
        await SeeAsync(worker, 1, Noon.AddDays(-3), "PID-8", "1 characters");
        await SeeAsync(worker, 2, Noon.AddDays(-2), "PID-8", "1 characters");
        await SeeAsync(worker, 3, Noon.AddDays(-1), "OBX-2", "3 characters");

        var before = await ListAsync();
        var unknown = await RuleAsync("PID-8", "1 characters", CodeState.Mapped, "Z");
        var unmappable = await RuleAsync("OBX-2", "3 characters", CodeState.Mapped, "ABC");
        var mapped = await RuleAsync("PID-8", "1 characters", CodeState.Mapped, "M");
        await RuleAsync("OBX-2", "3 characters", CodeState.Ignored, null);
        var after = await ListAsync();
        await SeeAsync(worker, 4, Noon.AddHours(1), "PID-8", "1 characters");
        var again = await ListAsync();

        Assert.Equal(["PID-8 2 example 2 Open", "OBX-2 1 example 3 Open"], before);
        Assert.Contains("does not map this code: add it under codes.genders", unknown.Sentence, StringComparison.Ordinal);
        Assert.Contains("No profile maps OBX-2", unmappable.Sentence, StringComparison.Ordinal);
        Assert.Equal(2, mapped.AnswerAs<RuleOnCode.Answer>()!.ProfileVersion);
        Assert.Equal(["PID-8 2 example 2 Mapped by Olive Operator, ccg: a test", "OBX-2 1 example 3 Ignored by Olive Operator, ccg: a test"], after);
        Assert.Equal("PID-8 3 example 4 Open by Olive Operator, ccg: a test", again[0]);

        async Task<List<string>> ListAsync() =>
            [.. (await UnmappedCodes.ReadAsync(portal, Noon.AddDays(-30), Cancel)).Select(c =>
                $"{c.Place} {c.Messages} example {c.Example} {c.State}{(c.Ruled is { } ruled ? $" by {ruled.By}: {ruled.Why}" : "")}")];

        async Task<AskedAct> RuleAsync(string place, string shape, CodeState state, string? code)
        {
            var (desk, id) = (new ActDesk(portal), Guid.NewGuid());
            await desk.AskAsync(id, RuleOnCode.Kind, "systemc", new RuleOnCode.Args("systemc", place, shape, state, code), Operator, "a test", Cancel);
            Assert.True(await new ActRunner(worker, [new RuleOnUnmappedCode(TimeProvider.System)], TimeProvider.System).RunNextAsync(Cancel));
            return (await desk.FindAsync(id, Cancel))!;
        }
    }

    private static async Task SeeAsync(NpgsqlDataSource worker, long id, DateTimeOffset at, string place, string shape)
    {
        await using var command = worker.CreateCommand("""
            insert into inbox.settled (message_id, received_at, source, outcome, facts, remarks, adapter_version, settled_at, place)
            values ($1, $2, 'systemc', 'applied', 1, jsonb_build_array(jsonb_build_object('reason', 'unmapped-code', 'place', $3::text, 'shape', $4::text)), 1, $2, $1)
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = place });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = shape });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

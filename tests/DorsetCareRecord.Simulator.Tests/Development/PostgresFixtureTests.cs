using DorsetCareRecord.Simulator.Tests.Development;
using DorsetCareRecord.Testing;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DorsetCareRecord.Simulator.Tests.Development;

/// <summary>The fixture on which every other test of a database stands.</summary>
public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    private static int s_migrations;

    [Fact]
    public async Task When_two_databases_take_the_same_steps_then_the_steps_ran_once_and_the_databases_are_apart()
    {
        await using var first = await postgres.CreateDatabaseAsync(MigrateAsync);
        await using var second = await postgres.CreateDatabaseAsync(MigrateAsync);

        await ExecuteAsync(first.Owner, "insert into ward values ('Alderney')");

        Assert.Equal(1L, await ScalarAsync(first.Owner, "select count(*) from ward"));
        Assert.Equal(0L, await ScalarAsync(second.Owner, "select count(*) from ward"));
        Assert.Equal(1, s_migrations);
    }

    [Fact]
    public async Task When_a_role_was_granted_nothing_then_it_may_connect_and_read_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync(MigrateAsync);

        var user = await ScalarAsync(database.Portal, "select current_user::text");
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database.Worker, "select count(*) from ward"));

        Assert.Equal("dcr_portal", user);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public void When_the_cast_is_read_then_every_number_is_of_the_range_never_issued() =>
        Assert.All(Cast.All, member => Assert.StartsWith("999", member.NhsNumber?.Digits ?? "999", StringComparison.Ordinal));

    private static async Task MigrateAsync(string owner)
    {
        Interlocked.Increment(ref s_migrations);
        await ExecuteAsync(owner, "create table ward (name text primary key)");
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

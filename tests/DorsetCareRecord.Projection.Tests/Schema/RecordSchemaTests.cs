using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Projection.Tests.Schema;

public sealed class RecordSchemaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task When_several_processes_migrate_at_once_then_each_succeeds()
    {
        await using var one = await postgres.CreateDatabaseAsync();
        await using var other = await postgres.CreateDatabaseAsync();

        await Task.WhenAll(
            RecordSchema.MigrateAsync(one.Owner), RecordSchema.MigrateAsync(one.Owner), RecordSchema.MigrateAsync(other.Owner));

        Assert.Equal(Migrations(), await ScalarAsync(one.Owner, "select count(*) from record.__ef_migrations"));
    }

    [Fact]
    public async Task When_migrated_then_every_item_table_has_the_columns_we_read()
    {
        await using var database = await postgres.CreateDatabaseAsync(Setup.Record);

        foreach (var table in ItemTables.All)
            Assert.Equal(0L, await ScalarAsync(database.Portal, $"select count(*) from (select {table.Quoted} from record.{table.Name}) t"));
    }

    [Fact]
    public async Task When_the_portal_writes_the_record_then_it_is_refused()
    {
        await using var database = await postgres.CreateDatabaseAsync(Setup.Record);

        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => ScalarAsync(database.Portal, "delete from record.person"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task When_the_worker_writes_the_record_then_it_may()
    {
        await using var database = await postgres.CreateDatabaseAsync(Setup.Record);

        var count = await ScalarAsync(RecordSchema.WithSearchPath(database.Worker),
            "with gone as (delete from person returning 1) select count(*) from gone");

        Assert.Equal(0L, count);
    }

    [Fact]
    public void When_a_table_is_read_without_a_required_property_then_it_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ItemTables.Result.Without("Test"));
        Assert.Throws<ArgumentException>(() => ItemTables.Result.Without("Sparkle"));
        Assert.DoesNotContain("text", ItemTables.Report.Without("Text").Columns);
    }

    private static long Migrations() => typeof(RecordSchema).Assembly.GetTypes()
        .LongCount(t => t.GetCustomAttributesData().Any(a => a.AttributeType.Name == "MigrationAttribute"));

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

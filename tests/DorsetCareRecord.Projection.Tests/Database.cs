using System.Text;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Projection.Tests;

/// <summary>A record of its own for a test, written as the worker writes it.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private Database(TestDatabase database)
    {
        _database = database;
        Source = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(database.Worker));
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Of the worker's role, on its search path.</summary>
    public string ConnectionString => RecordSchema.WithSearchPath(_database.Worker);

    public static async Task<Database> NewAsync(PostgresFixture postgres) => new(await postgres.CreateDatabaseAsync(Setup.Record));

    /// <summary>In one transaction.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyCollection<Fault>>> ApplyAsync(params IReadOnlyList<MessageFacts> messages)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var remarks = await new Projector().ApplyAsync(connection, transaction, messages);
        await transaction.CommitAsync();
        return remarks;
    }

    public async Task ApplyOneByOneAsync(IEnumerable<MessageFacts> messages)
    {
        foreach (var message in messages)
            await ApplyAsync(message);
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rings of waiting are common in so small a county: they are to be found at once and not after a second.</summary>
    public async Task ExpectRingsAsync()
    {
        await using var connection = await _database.OpenAsync();
        await using var command = new NpgsqlCommand($"alter database {_database.Name} set deadlock_timeout = '10ms'", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until the task is done, or so many wait for advisory locks that other transactions of the test hold.</summary>
    public async Task WaitsOrEndsAsync(Task task, int waiting = 1)
    {
        while (!task.IsCompleted && await ScalarAsync<long>(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") < waiting)
        {
            await Task.Yield();
        }
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every row that is shown, who is who, and what waits for a human: nothing of placement or made-up ids.</summary>
    public Task<string> ShownAsync() => DumpAsync(
    [
        .. ItemTables.All.Select(t => $"select '{t.Name}', to_jsonb(t) - 'home' from \"{t.Name}\" t"),
        "select 'trait', to_jsonb(t) - 'home' from trait t",
        "select 'former', to_jsonb(f) - 'home' from former_number f",
        "select 'cover', to_jsonb(c) - 'home' from cover c",
        "select 'merge', to_jsonb(m) - 'recorded_at' from merge m",
        "select 'link', to_jsonb(l) - 'recorded_at' from source_link l",
        "select 'move', to_jsonb(m) - 'recorded_at' from move m",
        "select 'document', jsonb_build_object('entry', entry_id, 'hash', hash, 'bytes', encode(bytes, 'hex')) from document",
        "select 'person', jsonb_agg(identity_id order by identity_id) from person_link where ended_at is null group by person_id",
        "select 'waiting', jsonb_build_array(identity_id, other_identity_id, evidence) from review where decided_at is null",
    ]);

    /// <summary>All of that, and the log.</summary>
    public async Task<string> EverythingAsync() => await ShownAsync() + await DumpAsync(
    [
        "select 'version', to_jsonb(v) - 'home' from version v",
        "select 'list', to_jsonb(l) - 'home' from list_version l",
    ]);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<string> DumpAsync(IReadOnlyList<string> selects)
    {
        var dump = new StringBuilder();
        foreach (var select in selects)
        {
            await using var command = Source.CreateCommand($"select a || ' ' || b::text from ({select}) x (a, b) order by 1");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                dump.AppendLine(reader.GetString(0));
        }

        return dump.ToString();
    }
}

using Npgsql;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>A lock on the table of settlements, behind which a drain waits with everything else of its batch done.</summary>
internal sealed class MidBatch(string owner) : IAsyncDisposable
{
    private readonly NpgsqlConnection _holding = new(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);

    /// <summary>Process id of the backend that waits.</summary>
    public int Backend { get; private set; }

    public async Task TakeAsync(CancellationToken over)
    {
        await _holding.OpenAsync(over);
        await RunAsync("begin; lock table inbox.settled in share mode", over);
        await using var looking = new NpgsqlConnection(owner);
        await looking.OpenAsync(over);
        await using var look = new NpgsqlCommand("""
            select l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.relation = 'inbox.settled'::regclass and not l.granted and a.usename = 'dcr_worker' limit 1
            """, looking);
        await Scene.UntilAsync(async () =>
        {
            Backend = await look.ExecuteScalarAsync(over) as int? ?? 0;
            return Backend != 0;
        }, over);
    }

    /// <summary>Lets go.</summary>
    public ValueTask DisposeAsync() => _holding.DisposeAsync();

    private async Task RunAsync(string sql, CancellationToken over)
    {
        await using var command = new NpgsqlCommand(sql, _holding);
        await command.ExecuteNonQueryAsync(over);
    }
}

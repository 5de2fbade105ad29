using Npgsql;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>A lock on the table of settlements, behind which a drain waits with everything else of its batch done.</summary>
internal sealed class MidBatch(string owner) : IAsyncDisposable
{
    private readonly NpgsqlConnection _holding = new(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);

    /// <summary>Process id of the backend that waits.</summary>
    public int Backend { get; private set; }

    /// <summary>Which worker's it is, by the name its connections give (<see cref="House.WorkerProcess.Name"/>).</summary>
    public string Worker { get; private set; } = "";

    /// <summary>From here on nothing is settled.</summary>
    public async Task LockAsync()
    {
        await _holding.OpenAsync();
        await using var command = new NpgsqlCommand("begin; lock table inbox.settled in share mode", _holding);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Completes when a drain waits; false when there is nothing it could be working on.</summary>
    /// <param name="isOver">Nothing more will come.</param>
    public async Task<bool> HasDrainAsync(Func<bool> isOver)
    {
        await using var looking = new NpgsqlConnection(owner);
        await looking.OpenAsync();
        await using var look = new NpgsqlCommand("""
            select d.pid, d.application_name, exists (select from inbox.waiting)
            from (select 1) one left join (
              select l.pid, a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
              where l.relation = 'inbox.settled'::regclass and not l.granted and a.usename = 'dcr_worker' limit 1) d on true
            """, looking);
        var nothing = false;
        await Scene.WithinAsync(90, limit => Scene.UntilAsync(async () =>
        {
            var wasOver = isOver();
            await using var row = await look.ExecuteReaderAsync(limit);
            await row.ReadAsync(limit);
            (Backend, Worker) = row.IsDBNull(0) ? (0, "") : (row.GetInt32(0), row.GetString(1));
            nothing = wasOver && !row.GetBoolean(2);
            return Backend != 0 || nothing;
        }, limit));
        return !nothing;
    }

    /// <summary>Lets go.</summary>
    public ValueTask DisposeAsync() => _holding.DisposeAsync();
}

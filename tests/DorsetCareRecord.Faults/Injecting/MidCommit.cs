using Npgsql;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>A lock on the inbox, behind which a door waits with what it was sent: written, and not committed.</summary>
internal sealed class MidCommit(string owner) : IAsyncDisposable
{
    private const string Waiting = """
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.relation = 'inbox.message'::regclass and not l.granted and a.usename = 'dcr_worker'
        """;

    private readonly NpgsqlConnection _holding = new(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);

    /// <summary>Before the moment comes, so that it is not missed by the time a connection takes.</summary>
    public Task OpenAsync() => _holding.OpenAsync();

    /// <summary>
    /// From here on nothing is stored. Completes when a door has waited long enough for an answer that must not come to have come; false when
    /// all has been sent and none waits.
    /// </summary>
    public async Task<bool> LockAsync(CancellationToken over)
    {
        await using var command = new NpgsqlCommand("begin; lock table inbox.message in share mode", _holding);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        await using var look = new NpgsqlCommand($"select count(*), count(*) filter (where clock_timestamp() - l.waitstart > interval '300 ms') {Waiting}", _holding);
        var waits = false;
        await Scene.WithinAsync(90, limit => Scene.UntilAsync(async () =>
        {
            var wasOver = over.IsCancellationRequested;
            await using var row = await look.ExecuteReaderAsync(limit);
            await row.ReadAsync(limit);
            waits = row.GetInt64(1) > 0;
            return waits || (wasOver && row.GetInt64(0) == 0);
        }, limit));
        return waits;
    }

    /// <summary>
    /// Ends what waits, as when the door's whole machine is gone: else its backend, which has all it needs, would still commit what a dead
    /// door had sent.
    /// </summary>
    public async Task EndWaitingAsync()
    {
        await using var end = new NpgsqlCommand($"select count(pg_terminate_backend(l.pid)) {Waiting}", _holding);
        await Scene.WithinAsync(30, limit => Scene.UntilAsync(async () => (long)(await end.ExecuteScalarAsync(limit))! == 0, limit));
    }

    /// <summary>Lets go.</summary>
    public ValueTask DisposeAsync() => _holding.DisposeAsync();
}

using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Mllp;
using Npgsql;

namespace DorsetCareRecord.Worker.Watch;

/// <summary>
/// Every few seconds: writes how this process's doors fare where the portal reads it, and looks at all sources, so that metrics and
/// health tell of them and a change of state is an alarm in the log within seconds.
/// </summary>
internal sealed class FeedWatch(
    IEnumerable<MllpListener> doors, NpgsqlDataSource database, FeedMeter meter, TimeProvider time, ILogger<FeedWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);

    private readonly Guid _process = Guid.CreateVersion7();
    private readonly Dictionary<string, SourceState> _known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        try
        {
            do
                await TryLookAsync(stoppingToken);
            while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await LeaveAsync();
        }
    }

    private async Task TryLookAsync(CancellationToken stop)
    {
        try
        {
            await WriteAsync(stop);
            var rows = await FeedTable.ReadAsync(database, time.GetUtcNow(), stop);
            Tell(rows);
            meter.Show(rows, time.GetUtcNow());
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            meter.Lose();
            logger.LogWarning("The sources could not be looked at: {Why}", e.GetType().Name);
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        await using var batch = database.CreateBatch();
        foreach (var door in doors.Select(d => d.Figures()))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""
                insert into inbox.door (process, source, peers, unended_bytes, answer_p95_ms, at) values ($1, $2, $3, $4, $5, $6)
                on conflict (process, source) do update set peers = excluded.peers, unended_bytes = excluded.unended_bytes,
                  answer_p95_ms = excluded.answer_p95_ms, at = excluded.at
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = _process },
                    new NpgsqlParameter<string> { TypedValue = door.Source },
                    new NpgsqlParameter<int> { TypedValue = door.Peers },
                    new NpgsqlParameter<long> { TypedValue = door.UnendedBytes },
                    new NpgsqlParameter { Value = (object?)door.AnswerP95 ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Double },
                    new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime },
                },
            });
        }

        // Rows of processes that were killed.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("delete from inbox.door where at < $1")
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().AddHours(-1).UtcDateTime } },
        });
        await batch.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Changes of state only: an alarm that repeats is switched off by whoever hears it.</summary>
    private void Tell(IReadOnlyList<FeedRow> rows)
    {
        foreach (var row in rows)
        {
            // At the first look only trouble is news.
            var isNews = _known.TryGetValue(row.Source.Code, out var before) ? row.State != before : row.State is SourceState.Late or SourceState.Silent;
            _known[row.Source.Code] = row.State;
            if (!isNews)
                continue;
            if (row.State is SourceState.Late or SourceState.Silent)
                logger.LogWarning("{Source} is {State}, last heard {LastReceived:O}", row.Source.Code, row.State, row.LastReceived);
            else
                logger.LogInformation("{Source} is {State} again", row.Source.Code, row.State);
        }
    }

    /// <summary>Its doors are closed; the desk need not wait to see that.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            await using var command = database.CreateCommand("delete from inbox.door where process = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _process });
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            // They grow stale by themselves.
        }
    }
}

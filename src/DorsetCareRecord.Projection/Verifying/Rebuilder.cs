using System.Globalization;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>What a rebuild did.</summary>
/// <param name="Messages">Replayed.</param>
/// <param name="Rows">Rows of the record taken away or added.</param>
/// <param name="Unreadable">Messages that were applied once and give nothing today.</param>
public sealed record Rebuilding(long Messages, long Rows, IReadOnlyList<Difference> Unreadable)
{
    /// <summary>Why nothing was exchanged, as a sentence that says what to do; null when it was.</summary>
    public string? Refused { get; init; }
}

/// <summary>
/// Lays the inbox over the record again. The new record is built in a shadow while the feed goes on; then the drains wait for a
/// moment, the shadow catches up, and only rows that differ are exchanged, in one transaction: readers see the old record or the
/// new one, never half. What humans ruled stays; so do ids of persons and entries.
/// </summary>
public static class Rebuilder
{
    /// <param name="connectionString">Of the worker's role.</param>
    /// <param name="replay">How the inbox is read again.</param>
    /// <param name="progress">Told how many messages have been replayed.</param>
    /// <param name="time">The clock for links that change.</param>
    /// <param name="cancellation">Stops it; the record is then as it was.</param>
    public static async Task<Rebuilding> RunAsync(
        string connectionString, Replay replay, IProgress<long>? progress, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);

        var shadow = new Shadow(connection, replay, progress);
        await using (var beside = await connection.BeginTransactionAsync(cancellation))
        {
            await shadow.MakeAsync(cancellation);
            await shadow.CatchUpAsync(cancellation);
            await beside.CommitAsync(cancellation);
        }

        await using var exchange = await connection.BeginTransactionAsync(cancellation);
        await HoldRecordAsync(connection, cancellation);
        if (!await shadow.IsOfTheseCutoversAsync(cancellation))
        {
            return new Rebuilding(shadow.Messages, 0, shadow.Unreadable)
            {
                Refused = "A cutover was announced or drained, or its crosswalk loaded, while the record was being rebuilt: nothing was exchanged. Run it again.",
            };
        }

        await shadow.CatchUpAsync(cancellation);
        var rows = await ExchangeAsync(connection, Stamp.Storable(time.GetUtcNow()), cancellation);
        await exchange.CommitAsync(cancellation);
        return new Rebuilding(shadow.Messages, rows, shadow.Unreadable);
    }

    /// <summary>Every batch holds this lock shared until it commits; from here on they wait for us.</summary>
    private static async Task HoldRecordAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Locks.WholeRecord());
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<long> ExchangeAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellation)
    {
        await connection.RunAsync("set enable_seqscan = on", cancellation);
        foreach (var table in Shadow.Tables)
            await connection.RunAsync($"analyze pg_temp.\"{table}\"", cancellation);

        long rows = 0;
        foreach (var table in ComparedTable.Derived)
        {
            rows += await connection.RunAsync(table.RemoveOthers(), cancellation);
            rows += await connection.RunAsync(table.AddMissing(), cancellation);
        }

        rows += await connection.RunAsync($"""
            insert into {RecordSchema.Name}.person select * from pg_temp.person on conflict do nothing
            """, cancellation);
        rows += await LinksAsync(connection, at, cancellation);
        await connection.RunAsync($"""
            select pg_notify('{RecordSchema.Channel}', person_id || ':{Notification.WholeRecord}')
            from (select distinct person_id from {RecordSchema.Name}.person_link where ended_at is null) p where {rows} > 0
            """, cancellation);
        return rows;
    }

    /// <summary>Links and reviews are history: what no longer holds is ended, not removed.</summary>
    private static async Task<long> LinksAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellation)
    {
        var now = at.ToString("O", CultureInfo.InvariantCulture);
        var ended = await connection.RunAsync($"""
            update {RecordSchema.Name}.person_link r set ended_at = '{now}', ended_by = 'rebuild', ended_why = 'no longer follows from the messages'
            where r.ended_at is null and not exists (
              select from pg_temp.person_link s where s.identity_id = r.identity_id and s.person_id = r.person_id and s.ended_at is null)
            """, cancellation);
        var made = await connection.RunAsync(ComparedTable.Links.AddMissing(), cancellation);
        var resolved = await connection.RunAsync($"""
            update {RecordSchema.Name}.review r set decided_at = '{now}', decided_by = 'rebuild', decision = 'resolved'
            where r.decided_at is null and not exists (
              select from pg_temp.review s where s.identity_id = r.identity_id and s.other_identity_id = r.other_identity_id
                and s.evidence = r.evidence and s.decided_at is null)
            """, cancellation);
        var raised = await connection.RunAsync(ComparedTable.Reviews.AddMissing(), cancellation);
        return ended + made + resolved + raised;
    }
}

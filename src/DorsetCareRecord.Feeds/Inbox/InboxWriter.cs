using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Writes a batch of deliveries in one round trip and one commit: message, waiting and the notification together. The two
/// commands of the NpgsqlBatch share PostgreSQL's implicit transaction; when the call returns, they are committed.
/// </summary>
internal sealed class InboxWriter(NpgsqlDataSource database, WaitingSignal signal)
{
    // Identity values are taken after the sort, so they rise in the order of the batch.
    private const string Insert = """
        with m as (
          insert into inbox.message (received_at, source, format, control_id, control_scope, digest, lane, peer, body, load)
          select received_at, source, format, control_id, control_scope, digest, lane, peer, body, load
          from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            with ordinality as d (received_at, source, format, control_id, control_scope, digest, lane, peer, body, load, n)
          order by n
          returning id, received_at, lane, source),
        w as (insert into inbox.waiting (message_id, received_at, lane, source) select id, received_at, lane, source from m)
        select id from m order by id
        """;

    /// <summary>Settles the outcome of every delivery; never throws.</summary>
    public async Task WriteAsync(IReadOnlyList<PendingDelivery> batch)
    {
        try
        {
            await StoreAsync(batch);
        }
        catch (PostgresException refused) when (batch.Count > 1 && IsOfOneDelivery(refused))
        {
            foreach (var one in batch)
                await WriteAsync([one]);
        }
#pragma warning disable CA1031 // Whatever went wrong, each waiting caller must learn of it and the writer must go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var pending in batch)
                pending.Outcome.TrySetException(new InboxUnavailableException("The delivery could not be stored.", e));
        }
    }

    /// <summary>Data errors and constraints: rolled back for certain, and its neighbours may be sound.</summary>
    private static bool IsOfOneDelivery(PostgresException e) => e.SqlState[..2] is "22" or "23" or "54";

    private async Task StoreAsync(IReadOnlyList<PendingDelivery> batch)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(InsertOf(batch));
        commands.BatchCommands.Add(new NpgsqlBatchCommand("select pg_notify('inbox_waiting', '')"));
        await commands.PrepareAsync();

        var ids = new List<long>(batch.Count);
        await using (var reader = await commands.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                ids.Add(reader.GetInt64(0));
            // The commit is confirmed only with the end of the last command.
            while (await reader.NextResultAsync())
            {
            }
        }

        signal.Raise();
        for (var i = 0; i < batch.Count; i++)
            batch[i].Outcome.TrySetResult(ids[i]);
    }

    private static NpgsqlBatchCommand InsertOf(IReadOnlyList<PendingDelivery> batch)
    {
        var command = new NpgsqlBatchCommand(Insert);
        command.Parameters.Add(Column(NpgsqlDbType.TimestampTz, batch, d => d.ReceivedAt.UtcDateTime));
        command.Parameters.Add(Column(NpgsqlDbType.Text, batch, d => d.Delivery.Source));
        command.Parameters.Add(Column(NpgsqlDbType.Text, batch, d => d.Delivery.Format));
        command.Parameters.Add(Column(NpgsqlDbType.Text, batch, d => StoredText.Of(d.Delivery.ControlId)));
        command.Parameters.Add(Column(NpgsqlDbType.Text, batch, d => StoredText.Of(d.Delivery.ControlScope)));
        command.Parameters.Add(Column(NpgsqlDbType.Bytea, batch, d => SHA256.HashData(d.Delivery.Body.Span)));
        command.Parameters.Add(Column(NpgsqlDbType.Integer, batch, d => Lane.Of(d.Delivery.Source, d.Delivery.Patient).Number));
        command.Parameters.Add(Column(NpgsqlDbType.Text, batch, d => StoredText.Of(d.Delivery.Peer)));
        command.Parameters.Add(Column(NpgsqlDbType.Bytea, batch, d => d.Delivery.Body));
        command.Parameters.Add(Column(NpgsqlDbType.Text, batch, d => d.Delivery.Load));
        return command;
    }

    private static NpgsqlParameter<T[]> Column<T>(
        NpgsqlDbType type, IReadOnlyList<PendingDelivery> batch, Func<PendingDelivery, T> value)
    {
        var values = new T[batch.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(batch[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}

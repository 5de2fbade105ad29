using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Applied messages in the order in which they were applied: mostly that of their ids, but a parked message that was replayed came
/// after its successors, and the log of the record shows it. Told by a number, for clocks are set back. Each call reads to its end, so the connection is free between them.
/// </summary>
public static class AppliedOrder
{
    public static async Task<IReadOnlyList<long>> IdsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select message_id from inbox.settled where outcome = 'applied' order by place", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.GetInt64(0));
        return ids;
    }

    /// <summary>These messages, in the order of the ids given.</summary>
    public static async Task<IReadOnlyList<InboxMessage>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select m.id, m.received_at, m.source, m.format, m.body, m.control_id
            from unnest($1) with ordinality w (id, place)
            join inbox.settled s on s.message_id = w.id
            join inbox.message m on m.id = s.message_id and m.received_at = s.received_at
            order by w.place
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var messages = new List<InboxMessage>(ids.Count);
        while (await reader.ReadAsync(cancellation))
            messages.Add(InboxMessage.Of(reader));
        return messages;
    }
}

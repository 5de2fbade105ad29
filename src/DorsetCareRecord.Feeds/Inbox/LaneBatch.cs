using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>A waiting message with what its predecessors say of it.</summary>
/// <param name="Message">As stored.</param>
/// <param name="Lane">The lane it waited in.</param>
/// <param name="Attempts">How often it was tried and parked before.</param>
/// <param name="DuplicateOf">The earlier message of its source with the same control id and scope and the same bytes.</param>
/// <param name="ControlIdReused">An earlier message had the same control id and scope and other bytes: not a duplicate.</param>
internal sealed record DueMessage(InboxMessage Message, Lane Lane, int Attempts, long? DuplicateOf, bool ControlIdReused);

/// <summary>Reads the oldest waiting messages of lanes that this transaction has claimed.</summary>
internal static class LaneBatch
{
    /// <summary>Bodies of one batch held in memory; one larger message comes alone.</summary>
    private const long MostBytes = 16 << 20;

    // A statement of its own, after the claim: its snapshot must be younger than the lock, or it would show messages
    // that the lane's previous holder has just settled. Without a control id only the bytes tell a duplicate (R6).
    private const string Select = """
        with due as materialized (
          select w.message_id, w.received_at, w.attempts, w.source, w.lane
          from unnest($1, $2) claimed (source, lane)
          cross join lateral (
            select message_id, received_at, attempts, source, lane from inbox.waiting
            where source = claimed.source and lane = claimed.lane order by message_id limit $3) w
          order by w.message_id limit $3),
        sized as materialized (
          select m.id, m.received_at, m.source, m.format, m.control_id, m.control_scope, m.digest, due.lane, due.attempts,
            sum(octet_length(m.body)) over (order by m.id) - octet_length(m.body) as before
          from due join inbox.message m on m.id = due.message_id and m.received_at = due.received_at)
        select s.id, s.received_at, s.format, s.control_id, s.attempts, m.body,
          case when s.control_id is null then (
            select d.id from inbox.message d
            where d.source = s.source and d.control_id is null and d.digest = s.digest and d.id < s.id order by d.id limit 1)
          else (
            select d.id from inbox.message d
            where d.source = s.source and d.control_id = s.control_id and d.digest = s.digest and d.id < s.id
              and d.control_scope is not distinct from s.control_scope order by d.id limit 1)
          end,
          exists (
            select from inbox.message d
            where d.source = s.source and d.control_id = s.control_id and d.digest <> s.digest and d.id < s.id
              and d.control_scope is not distinct from s.control_scope),
          s.source, s.lane, m.load
        from sized s join inbox.message m on m.id = s.id and m.received_at = s.received_at
        where s.before < $4
        order by s.id
        """;

    public static Task<IReadOnlyList<DueMessage>> ReadAsync(
        NpgsqlConnection connection, Lane lane, int most, CancellationToken cancellation) => ReadAsync(connection, [lane], most, cancellation);

    /// <summary>The oldest of all of them together; of each lane therefore its oldest.</summary>
    public static async Task<IReadOnlyList<DueMessage>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<Lane> lanes, int most, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Select, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        { TypedValue = [.. lanes.Select(l => l.Source)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int[]>
        { TypedValue = [.. lanes.Select(l => l.Number)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MostBytes });
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<DueMessage>();
        while (await reader.ReadAsync(cancellation))
        {
            var message = new InboxMessage(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(8),
                reader.GetString(2),
                reader.GetFieldValue<byte[]>(5),
                reader.IsDBNull(3) ? null : reader.GetString(3))
            {
                Load = reader.IsDBNull(10) ? null : reader.GetString(10),
            };
            var lane = new Lane(message.Source, reader.GetInt32(9));
            due.Add(new DueMessage(message, lane, reader.GetInt32(4), reader.IsDBNull(6) ? null : reader.GetInt64(6), reader.GetBoolean(7)));
        }

        return due;
    }
}

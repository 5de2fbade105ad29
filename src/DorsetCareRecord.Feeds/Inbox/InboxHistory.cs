using System.Runtime.CompilerServices;
using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>The messages the record is made of, for building it again.</summary>
public static class InboxHistory
{
    /// <summary>
    /// Every applied message in the order of ids, streamed as of the caller's transaction: a repeatable-read one sees the inbox
    /// and the record at the same moment. The connection is busy until the enumeration ends.
    /// </summary>
    public static async IAsyncEnumerable<InboxMessage> AppliedAsync(
        NpgsqlConnection snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // In pages, so that PostgreSQL walks the index and never sorts the bodies.
        const int page = 500;
        var after = 0L;
        for (var read = page; read == page;)
        {
            read = 0;
            await foreach (var message in PageAsync(snapshot, after, page, cancellation))
            {
                read++;
                after = message.Id;
                yield return message;
            }
        }
    }

    /// <summary>How many there are, for a progress line.</summary>
    public static async Task<long> CountAppliedAsync(NpgsqlConnection snapshot, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select count(*) from inbox.settled where outcome = 'applied'", snapshot);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async IAsyncEnumerable<InboxMessage> PageAsync(
        NpgsqlConnection snapshot, long after, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select m.id, m.received_at, m.source, m.format, m.body, m.control_id
            from (
              select message_id, received_at from inbox.settled
              where outcome = 'applied' and message_id > $1 order by message_id limit $2) s
            join inbox.message m on m.id = s.message_id and m.received_at = s.received_at
            order by s.message_id
            """, snapshot);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return MessageOf(reader);
    }

    internal static InboxMessage MessageOf(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetFieldValue<DateTimeOffset>(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        reader.IsDBNull(5) ? null : reader.GetString(5));
}

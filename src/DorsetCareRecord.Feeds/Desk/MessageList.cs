using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>A message's outside: what it is, where it stands; never what it says.</summary>
/// <param name="State">waiting, parked, applied, no-concern, duplicate or set-aside.</param>
/// <param name="Reason">Why it is parked, or what was remarked first.</param>
/// <param name="Original">The message it is a mended copy of.</param>
/// <param name="MendedAs">The newest mended copy of it.</param>
public sealed record MessageLine(
    long Id, DateTimeOffset ReceivedAt, string Source, string Format, string? ControlId, string? Peer, string State, string? Reason, string? Place,
    string? Shape, int Attempts, int Facts, DateTimeOffset? StateAt, long? DuplicateOf, long? Original, long? MendedAs);

/// <summary>Finds messages by what is on their outside. Needs no more than the portal's role may see.</summary>
public static class MessageList
{
    private const string Select = """
        select m.id, m.received_at, m.source, m.format, m.control_id, m.peer,
          case when w.message_id is not null then 'waiting' when p.message_id is not null then 'parked' else coalesce(s.outcome, 'unknown') end,
          coalesce(p.reason, s.remarks -> 0 ->> 'reason'), coalesce(p.place, s.remarks -> 0 ->> 'place'), coalesce(p.shape, s.remarks -> 0 ->> 'shape'),
          coalesce(p.attempts, w.attempts, 0), coalesce(s.facts, 0), coalesce(p.parked_at, s.settled_at), s.duplicate_of,
          (select e.original_id from inbox.edit e where e.message_id = m.id),
          (select max(e.message_id) from inbox.edit e where e.original_id = m.id)
        from inbox.message m
        left join inbox.waiting w on w.message_id = m.id
        left join inbox.parked p on p.message_id = m.id
        left join inbox.settled s on s.message_id = m.id
        """;

    /// <summary>These messages, newest first.</summary>
    public static Task<IReadOnlyList<MessageLine>> OfAsync(NpgsqlDataSource database, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        ReadAsync(database, "where m.id = any ($1) order by m.id desc limit 200",
            [new NpgsqlParameter<long[]> { TypedValue = [.. ids] }], cancellation);

    /// <summary>By the sender's own id of the message (MSH-10, Bundle.identifier).</summary>
    public static Task<IReadOnlyList<MessageLine>> OfControlIdAsync(NpgsqlDataSource database, string controlId, CancellationToken cancellation) =>
        ReadAsync(database, "where m.control_id = $1 order by m.id desc limit 200",
            [new NpgsqlParameter<string> { TypedValue = controlId }], cancellation);

    /// <summary>Those received around a time, of one source or of all.</summary>
    public static Task<IReadOnlyList<MessageLine>> AroundAsync(
        NpgsqlDataSource database, string? source, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation) =>
        ReadAsync(database, """
            where m.source = any ($1) and m.received_at >= $2 and m.received_at < $3 order by m.received_at desc, m.id desc limit 200
            """,
            [
                new NpgsqlParameter<string[]>
                {
                    TypedValue = source is null ? [.. Record.Organisations.Dorset.Sources.Select(s => s.Code)] : [source],
                },
                new NpgsqlParameter<DateTime> { TypedValue = from.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<DateTime> { TypedValue = until.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            ], cancellation);

    /// <summary>Parked ones, longest first.</summary>
    public static Task<IReadOnlyList<MessageLine>> ParkedAsync(
        NpgsqlDataSource database, string? source, string? reason, CancellationToken cancellation) =>
        ReadAsync(database, """
            where p.message_id is not null and ($1::text is null or m.source = $1) and ($2::text is null or p.reason = $2)
            order by p.parked_at, m.id limit 200
            """,
            [
                new NpgsqlParameter { Value = (object?)source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            ], cancellation);

    private static async Task<IReadOnlyList<MessageLine>> ReadAsync(
        NpgsqlDataSource database, string which, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand($"{Select} {which}");
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<MessageLine>();
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(new MessageLine(
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), Text(4), Text(5),
                reader.GetString(6), Text(7), Text(8), Text(9), reader.GetInt32(10), reader.GetInt32(11),
                reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12), Number(13), Number(14), Number(15)));
        }

        return lines;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        long? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }
}

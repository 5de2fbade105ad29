using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>A stored message as an adapter sees it.</summary>
/// <param name="Id">Rises in the order of receipt within a lane.</param>
/// <param name="ReceivedAt">When it was received; what it says is recorded as known from then on.</param>
/// <param name="Source">The feed's code.</param>
/// <param name="Format">From <see cref="Formats"/>.</param>
/// <param name="Body">The bytes as received.</param>
/// <param name="ControlId">The sender's own id of the message, if it had one.</param>
public sealed record InboxMessage(
    long Id, DateTimeOffset ReceivedAt, string Source, string Format, ReadOnlyMemory<byte> Body, string? ControlId)
{
    /// <summary>From <see cref="Loads"/>; null for news.</summary>
    public string? Load { get; init; }

    /// <summary>Of a row of (id, received_at, source, format, body, control_id).</summary>
    internal static InboxMessage Of(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4),
        row.IsDBNull(5) ? null : row.GetString(5));
}

using DorsetCareRecord.Feeds.Inbox;
using Npgsql;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>
/// Messages' content for the portal. The database gives it for a committed note of the audit only, by functions that look for the note
/// themselves; without one they refuse (SQLSTATE 42501).
/// </summary>
public static class NotedReading
{
    /// <param name="note">Number of the audit's note about this very message, at most ten minutes old.</param>
    /// <returns>Null when there is no such message.</returns>
    public static async Task<InboxMessage?> ReadAsync(NpgsqlDataSource database, long id, long note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand(
            "select id, received_at, source, format, body, control_id from inbox.read_message($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = note });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? InboxMessage.Of(reader) : null;
    }

    /// <summary>Ids of messages that wait or are parked and contain these words, of the newest five thousand.</summary>
    public static async Task<IReadOnlyList<long>> UnappliedWithAsync(
        NpgsqlDataSource database, string words, long note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand("select * from inbox.unapplied_with($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = words });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = note });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.GetInt64(0));
        return ids;
    }
}

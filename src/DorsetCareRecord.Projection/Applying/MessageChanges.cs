using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>What a message did to one entry of the record.</summary>
public enum ChangeKind
{
    New = 1,
    Changed = 2,
    Withdrawn = 3,

    /// <summary>It said again what was known.</summary>
    Same = 4,
}

/// <param name="ItemType">Name of the item's table.</param>
/// <param name="Entry">Its id.</param>
public sealed record MessageChange(string ItemType, Guid Entry, ChangeKind Kind);

/// <summary>Reads from the log what one message did, by the patients it spoke of: the log has no index by message, and needs none.</summary>
public static class MessageChanges
{
    /// <param name="schema">Of the record's tables; null goes by the connection's search path.</param>
    public static async Task<IReadOnlyList<MessageChange>> OfAsync(
        NpgsqlConnection connection, long message, IReadOnlyCollection<LocalPatient> patients, string? schema, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patients);
        var at = schema is null ? "" : schema + ".";
        await using var command = new NpgsqlCommand($"""
            select v.item_type, v.entry_id, v.item is null, v.message_id = $1, exists (
              select from {at}version o where o.home = v.home and o.entry_id = v.entry_id
                and (o.source_version, o.message_id, o.ordinal) <> (v.source_version, v.message_id, v.ordinal))
            from {at}version v
            where v.home in (select i.home from {at}identifier i join unnest($2, $3) p (source, local_id) on i.source = p.source and i.local_id = p.local_id)
              and (v.message_id = $1 or v.last_message_id = $1)
            order by v.item_type, v.entry_id
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = message });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. patients.Select(p => p.Source)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. patients.Select(p => p.Id)] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var changes = new List<MessageChange>();
        while (await reader.ReadAsync(cancellation))
        {
            var kind = (reader.GetBoolean(3), reader.GetBoolean(2), reader.GetBoolean(4)) switch
            {
                (false, _, _) => ChangeKind.Same,
                (_, true, _) => ChangeKind.Withdrawn,
                (_, _, true) => ChangeKind.Changed,
                _ => ChangeKind.New,
            };
            changes.Add(new MessageChange(ItemTables.Of(reader.GetInt16(0)).Name, reader.GetGuid(1), kind));
        }

        return changes;
    }
}

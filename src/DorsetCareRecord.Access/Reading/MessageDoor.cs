using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What a message did to one entry of the record.</summary>
/// <param name="ItemType">Name of the item's table.</param>
/// <param name="Change">new, changed, withdrawn or same.</param>
public sealed record RowChange(string ItemType, Guid Entry, string Change);

/// <summary>
/// The way to a message's content, for repair: note first. The number of the note is what the database asks for before it gives the
/// bytes (<c>inbox.read_message</c>), so not even a careless page reads without one.
/// </summary>
public sealed class MessageDoor(AccessDatabase database, DeskNotes notes)
{
    /// <summary>Null when the viewer's role may not, which is noted.</summary>
    /// <param name="why">As typed by the operator.</param>
    /// <exception cref="NotNotedException">The audit did not take the note; nothing may be read.</exception>
    public async Task<MessageReading?> OpenAsync(Viewer viewer, long message, string why, Origin origin, CancellationToken cancel) =>
        await notes.WriteAsync(viewer, Act.ReadMessage, $"message:{message}", why, origin, cancel) is { } note
            ? new MessageReading(database, message, note)
            : null;

    /// <summary>
    /// Notes a search for one person's messages; then the messages that the record of anybody with this NHS number is made of, newest
    /// first, at most 200. Null when the viewer's role may not.
    /// </summary>
    public async Task<MessageSearch?> FindAsync(Viewer viewer, NhsNumber number, Origin origin, CancellationToken cancel)
    {
        if (await notes.WriteAsync(viewer, Act.SearchMessages, "messages", number.Digits, origin, cancel) is not { } note)
            return null;
        await using var command = database.Source.CreateCommand("""
            select distinct id from (
              select unnest(array[v.message_id, v.last_message_id]) as id
              from record.trait t join record.version v on v.home = t.home and v.identity_id = t.identity_id where t.nhs_number = $1) made
            order by id desc limit 200
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number.Digits });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancel))
            ids.Add(reader.GetInt64(0));
        return new MessageSearch(note, ids);
    }
}

/// <param name="Note">Number of the audit's note.</param>
public sealed record MessageSearch(long Note, IReadOnlyList<long> Messages);

/// <summary>One noted reading of one message. Made by <see cref="MessageDoor"/> only.</summary>
public sealed class MessageReading
{
    private readonly AccessDatabase _database;
    private readonly long _message;

    internal MessageReading(AccessDatabase database, long message, long note) => (_database, _message, Note) = (database, message, note);

    /// <summary>Number of the audit's note, which opens the message's bytes for ten minutes.</summary>
    public long Note { get; }

    /// <summary>What the message did, entry by entry; by the source's local ids it spoke of.</summary>
    public async Task<IReadOnlyList<RowChange>> ChangesAsync(IReadOnlyCollection<LocalPatient> patients, CancellationToken cancel)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(cancel);
        var changes = await MessageChanges.OfAsync(connection, _message, patients, "record", cancel);
        return [.. changes.Select(change => new RowChange(change.ItemType, change.Entry, change.Kind switch
        {
            ChangeKind.New => "new",
            ChangeKind.Changed => "changed",
            ChangeKind.Withdrawn => "withdrawn",
            ChangeKind.Same => "same",
            _ => throw new InvalidOperationException("A change nobody names."),
        }))];
    }
}

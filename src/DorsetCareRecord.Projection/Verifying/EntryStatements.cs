using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>One thing a source said of an entry, and until when it went on saying the same.</summary>
/// <param name="StatedAt">The source's own time.</param>
/// <param name="RecordedAt">When its message was received.</param>
/// <param name="Message">That message.</param>
/// <param name="AdapterVersion">What read the message.</param>
/// <param name="LastStatedAt">When the source last said the same.</param>
/// <param name="LastRecordedAt">When that was received.</param>
/// <param name="LastMessage">In which message.</param>
/// <param name="Showed">The item as it stood after this statement; null when the source took the entry back.</param>
public sealed record EntryStatement(
    DateTimeOffset StatedAt, DateTimeOffset RecordedAt, long Message, short AdapterVersion, DateTimeOffset LastStatedAt,
    DateTimeOffset LastRecordedAt, long LastMessage, Item? Showed);

/// <summary>Everything a source said of one entry, in the order of the source's own time.</summary>
public static class EntryStatements
{
    private const string Statements = """
        select source_version, message_id, ordinal, last_version, last_message_id, last_ordinal, recorded_at, last_recorded_at, adapter_version,
          list, item::text
        from version where home = any($1) and entry_id = $2
        """;

    /// <param name="connection">On the record's search path.</param>
    public static async Task<IReadOnlyList<EntryStatement>> ReadAsync(
        NpgsqlConnection connection, Guid[] homes, Guid entry, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Statements, connection);
        command.Parameters.Add(Arrays.Ids(homes));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entry });
        var said = new List<Said>();
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
                said.Add(VersionRows.Read(row, 0));
        }

        var log = new EntryLog(said).Said;
        return
        [
            .. log.Select((one, i) => new EntryStatement(one.First.At, one.RecordedAt, one.First.MessageId, one.AdapterVersion, one.Last.At,
                one.LastRecordedAt, one.Last.MessageId, one.IsWithdrawal ? null : Fold.Item([.. log.Take(i + 1)]))),
        ];
    }
}

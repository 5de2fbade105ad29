using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What a result was before its laboratory amended it (hazard H07).</summary>
/// <param name="Entry">The entry as it is now.</param>
/// <param name="ReportedAt">When the laboratory reported it so; null when it did not say.</param>
/// <param name="StatedAt">The source's own time of that statement.</param>
public sealed record EarlierValue(
    Guid Entry, string? Value, string? Unit, string? Flag, ResultStatus Status, ClinicalDate? ReportedAt, DateTimeOffset StatedAt, long Message);

/// <summary>The log of versions, asked only for results that say of themselves that they were amended.</summary>
internal static class Amended
{
    /// <summary>More than a reader looks through; the newest of them.</summary>
    internal const int Limit = 50;

    // One step in the log's primary key (home, entry_id, ...) for each entry. The text of an item is read for five properties: there are
    // few amended results, and no column of the log holds them.
    private const string Select = """
        select entry_id, item->>'value', item->>'unit', item->>'flag', (item->>'status')::smallint, item->>'reportedAt', source_version, message_id
        from record.version where home = any($1) and entry_id = any($2) and item is not null
        order by entry_id, source_version desc, message_id desc, ordinal desc
        """;

    internal static async Task<IReadOnlyList<EarlierValue>> ReadAsync(
        AccessDatabase database, Places places, IReadOnlyList<Entry<Result>> results, CancellationToken cancel)
    {
        var amended = results.Where(entry => entry.Item.Status is ResultStatus.Corrected or ResultStatus.Amended).Take(Limit).ToDictionary(entry => entry.Id);
        var earlier = new List<EarlierValue>();
        if (amended.Count == 0)
            return earlier;
        await using var command = database.Source.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = places.Homes });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. amended.Keys] });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var said = new EarlierValue(
                row.GetGuid(0), Text(1), Text(2), Text(3), (ResultStatus)row.GetInt16(4),
                ClinicalDate.TryParse(Text(5), out var reported) ? reported : null, row.GetFieldValue<DateTimeOffset>(6), row.GetInt64(7));
            var now = amended[said.Entry].Item;
            if (said.Value is not null && (said.Value != now.Value || said.Unit != now.Unit || said.Flag != now.Flag))
                earlier.Add(said);
        }

        return earlier;

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}

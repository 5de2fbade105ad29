using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>Rows of the two logs as the fold wants them.</summary>
internal static class VersionRows
{
    /// <summary>source_version, message_id, ordinal, last_version, last_message_id, last_ordinal, recorded_at, last_recorded_at,
    /// adapter_version, list, item::text.</summary>
    public static Said Read(NpgsqlDataReader row, int i) =>
        new(new Stamp(Cell.Instant(row, i), row.GetInt64(i + 1), row.GetInt32(i + 2)), Cell.Instant(row, i + 6), row.GetInt16(i + 8),
            Cell.TextOrNull(row, i + 9), Cell.TextOrNull(row, i + 10))
        {
            Last = new Stamp(Cell.Instant(row, i + 3), row.GetInt64(i + 4), row.GetInt32(i + 5)),
            LastRecordedAt = Cell.Instant(row, i + 7),
        };

    /// <summary>source_version, message_id, last_version, last_message_id, recorded_at, last_recorded_at, keys.</summary>
    public static Listed ReadList(NpgsqlDataReader row, int i) =>
        new(new Stamp(Cell.Instant(row, i), row.GetInt64(i + 1), 0), Cell.Instant(row, i + 4), row.GetFieldValue<string[]>(i + 6))
        {
            Last = new Stamp(Cell.Instant(row, i + 2), row.GetInt64(i + 3), 0),
            LastRecordedAt = Cell.Instant(row, i + 5),
        };
}

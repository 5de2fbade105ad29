using Npgsql;

namespace DorsetCareRecord.Faults.Ledger;

/// <summary>A row of the inbox and every state it is in: a sound one is in exactly one.</summary>
internal sealed record InboxRow(
    long Id, string Source, string Format, string? Control, string? Scope, string Sha256, int States, string? Outcome, long? DuplicateOf,
    bool IsFlaggedReused, string? ParkedFor);

/// <summary>The inbox as the database has it.</summary>
internal static class InboxLedger
{
    public static async Task<IReadOnlyList<InboxRow>> ReadAsync(string owner, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select m.id, m.source, m.format, m.control_id, m.control_scope, encode(m.digest, 'hex'),
              (w.message_id is not null)::int + (p.message_id is not null)::int + (s.message_id is not null)::int,
              s.outcome, s.duplicate_of, coalesce(s.remarks @> '[{"reason": "control-id-reused"}]', false), p.reason
            from inbox.message m
            left join inbox.waiting w on w.message_id = m.id
            left join inbox.parked p on p.message_id = m.id
            left join inbox.settled s on s.message_id = m.id
            order by m.id
            """, connection)
        { CommandTimeout = 300 };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<InboxRow>();
        while (await row.ReadAsync(cancel))
        {
            rows.Add(new InboxRow(row.GetInt64(0), row.GetString(1), row.GetString(2), Text(3), Text(4), row.GetString(5), row.GetInt32(6),
                Text(7), row.IsDBNull(8) ? null : row.GetInt64(8), row.GetBoolean(9), Text(10)));
        }

        return rows;

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    /// <summary>How many messages wait, and how many lanes are held although nothing should run.</summary>
    public static async Task<(long Waiting, long LanesHeld)> RestAsync(string owner, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select (select count(*) from inbox.waiting),
              (select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()))
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1));
    }
}

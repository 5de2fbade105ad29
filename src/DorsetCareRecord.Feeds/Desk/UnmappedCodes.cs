using Npgsql;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>A place where a source's code was not known: what was applied without it.</summary>
/// <param name="Place">Segment and field, FHIR path, or file and column.</param>
/// <param name="Shape">Of the code; the code itself stands in the message.</param>
/// <param name="Example">The newest such message.</param>
public sealed record UnmappedCode(string Source, string Place, string? Shape, long Messages, long Example, DateTimeOffset LastSeen);

/// <summary>The worklist of codes to map, the most frequent first. Needs no more than the portal's role may see.</summary>
public static class UnmappedCodes
{
    public static async Task<IReadOnlyList<UnmappedCode>> ReadAsync(NpgsqlDataSource database, DateTimeOffset since, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand("""
            select s.source, coalesce(regexp_replace(r ->> 'place', '\[\d+\]|, line \d+', '', 'g'), ''), r ->> 'shape', count(distinct s.message_id),
              max(s.message_id), max(s.received_at)
            from inbox.settled s, jsonb_array_elements(s.remarks) r
            where s.received_at >= $1 and s.remarks @> '[{"reason": "unmapped-code"}]' and r ->> 'reason' = 'unmapped-code'
            group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 500
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var codes = new List<UnmappedCode>();
        while (await reader.ReadAsync(cancellation))
        {
            codes.Add(new UnmappedCode(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetInt64(3), reader.GetInt64(4), reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return codes;
    }
}

using Npgsql;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>How far a code without a map is; a closed list.</summary>
public enum CodeState
{
    /// <summary>Nobody has looked, or it came again after it was said to be mapped.</summary>
    Open = 1,

    /// <summary>The source's profile maps it; a rebuild reads what came before.</summary>
    Mapped = 2,

    /// <summary>A person decided that the record is complete without it.</summary>
    Ignored = 3,
}

/// <summary>A place where a source's code was not known: what was applied without it.</summary>
/// <param name="Place">Segment and field, FHIR path, or file and column.</param>
/// <param name="Shape">Of the code; the code itself stands in the message.</param>
/// <param name="Example">The newest such message.</param>
/// <param name="Ruled">Who said so last and why; null when nobody did.</param>
public sealed record UnmappedCode(
    string Source, string Place, string Shape, long Messages, long Example, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, CodeState State, CodeRuled? Ruled);

/// <param name="ProfileVersion">Of the profile that maps the code.</param>
public sealed record CodeRuled(string By, DateTimeOffset At, string Why, int? ProfileVersion);

/// <summary>The worklist of codes to map: what is open first, the most frequent first. Needs no more than the portal's right.</summary>
public static class UnmappedCodes
{
    // A line's number is no part of where a code stands. What came after it was mapped shows that it is not.
    private const string Select = """
        with seen as (
          select s.source, coalesce(regexp_replace(r ->> 'place', '\[\d+\]|, line \d+', '', 'g'), '') as place, coalesce(r ->> 'shape', '') as shape,
            count(distinct s.message_id) as messages, max(s.message_id) as example, min(s.received_at) as first, max(s.received_at) as last
          from inbox.settled s, jsonb_array_elements(s.remarks) r
          where s.received_at >= $1 and s.remarks @> '[{"reason": "unmapped-code"}]' and r ->> 'reason' = 'unmapped-code'
          group by 1, 2, 3),
        ruled as (
          select seen.*, r.by, r.at, r.why, r.profile_version,
            case when r.state is null or (r.state = 'mapped' and seen.last > r.at) then 'open' else r.state end as stands
          from seen left join lateral (
            select c.state, c.by, c.at, c.why, c.profile_version from inbox.code_ruling c
            where c.source = seen.source and c.place = seen.place and c.shape = seen.shape order by c.at desc, c.id desc limit 1) r on true)
        select * from ruled order by stands <> 'open', messages desc, source, place, shape limit 500
        """;

    public static async Task<IReadOnlyList<UnmappedCode>> ReadAsync(NpgsqlDataSource database, DateTimeOffset since, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var codes = new List<UnmappedCode>();
        while (await reader.ReadAsync(cancellation))
        {
            codes.Add(new UnmappedCode(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6), StateOf(reader.GetString(11)),
                reader.IsDBNull(7) ? null : new CodeRuled(
                    reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8), reader.GetString(9), reader.IsDBNull(10) ? null : reader.GetInt32(10))));
        }

        return codes;
    }

    /// <summary>As stored.</summary>
    public static string NameOf(CodeState state) => state switch
    {
        CodeState.Open => "open",
        CodeState.Mapped => "mapped",
        CodeState.Ignored => "ignored",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static CodeState StateOf(string name) => name switch
    {
        "open" => CodeState.Open,
        "mapped" => CodeState.Mapped,
        "ignored" => CodeState.Ignored,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}

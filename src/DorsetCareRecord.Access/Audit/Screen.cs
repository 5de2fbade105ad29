using System.Text.Json.Nodes;
using Npgsql;

namespace DorsetCareRecord.Access.Audit;

/// <summary>An entry as it was shown: what its source had said by the message whose version it was.</summary>
/// <param name="Statements">Each statement up to that version, in the order they are laid over each other; the last alone for most.</param>
public sealed record ShownEntry(Guid Entry, long Message, string Source, IReadOnlyList<JsonNode?> Statements);

/// <summary>What stood before somebody at a moment: the last thing they had opened by then.</summary>
public sealed record Screen(
    long Note, DateTimeOffset OpenedAt, string Action, string Outcome, string? Name, string? Role, string? Organisation, string? Purpose,
    Guid? Person, IReadOnlyList<string> Rules, IReadOnlyList<string> Withheld, IReadOnlyList<ShownEntry> Entries)
{
    /// <summary>
    /// "What was on the screen at 14:02?" From the note, and from the versions it names: the record's log keeps every one, so a
    /// later correction does not change the answer.
    /// </summary>
    /// <param name="subject">Of the user, as their identity provider knows them.</param>
    public static async Task<Screen?> AtAsync(string connectionString, string subject, DateTimeOffset at, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var find = source.CreateCommand("""
            select seq, occurred_at, action, outcome, name, role, organisation, purpose, person_id, rules
            from access.audit where subject = $1 and occurred_at <= $2 and occurred_at > $2 - interval '12 hours'
                and action in ('view', 'live-refresh', 'open-letter', 'open-report', 'download-letter', 'sign-out')
            order by occurred_at desc, seq desc limit 1
            """);
        find.Parameters.Add(new() { Value = subject });
        find.Parameters.Add(new() { Value = at.UtcDateTime });
        Screen screen;
        await using (var row = await find.ExecuteReaderAsync(cancel))
        {
            if (!await row.ReadAsync(cancel) || row.GetString(2) == "sign-out")
                return null;
            screen = new Screen(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5),
                Text(row, 6), Text(row, 7), row.IsDBNull(8) ? null : row.GetGuid(8), row.GetFieldValue<string[]>(9), [], []);
        }

        await using var shown = source.CreateCommand("""
            select x.entry, x.message, coalesce(i.source, ''), array_agg(v.item::text order by v.source_version, v.message_id, v.ordinal), max(s.withheld::text)
            from access.audit_shown s, unnest(s.entries, s.messages) with ordinality x (entry, message, place)
            left join record.version v on v.entry_id = x.entry
                and (v.source_version, v.message_id) <= (
                    select max((w.source_version, w.message_id)) from record.version w where w.entry_id = x.entry and x.message in (w.message_id, w.last_message_id))
            left join record.identity i on i.home = v.home and i.id = v.identity_id
            where s.audit_seq = $1 group by x.place, x.entry, x.message, i.source order by x.place
            """);
        shown.Parameters.Add(new() { Value = screen.Note });
        var entries = new List<ShownEntry>();
        string[] withheld = [];
        await using (var row = await shown.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                entries.Add(new(row.GetGuid(0), row.GetInt64(1), row.GetString(2),
                    [.. row.GetFieldValue<string?[]>(3).Where(item => item is not null).Select(item => JsonNode.Parse(item!))]));
                withheld = row.IsDBNull(4) ? withheld : row.GetString(4).Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return screen with { Entries = entries, Withheld = withheld };
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

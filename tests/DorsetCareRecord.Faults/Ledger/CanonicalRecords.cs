using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Faults.Ledger;

/// <summary>
/// Each person's record as one digest that two databases can be compared by. What depends on when and in which order something was received
/// (homes, ids of messages and persons, times of receipt, also where they stand for a source's own absurd time) is left out; whatever a reader sees, and who is taken for one person, is in.
/// </summary>
internal sealed class CanonicalRecords
{
    private readonly Dictionary<string, (string Hash, List<string> Rows)> _people = [];

    /// <summary>A person is named by the source identities that are this person.</summary>
    public int People => _people.Count;

    public static async Task<CanonicalRecords> ReadAsync(string owner, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancel);
        var records = new CanonicalRecords();
        var names = await NamesAsync(connection, cancel);
        var rows = names.Values.Distinct().ToDictionary(name => name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var table in ItemTables.All)
            await RowsAsync(table.Name, $"""
                select identity_id, to_jsonb(t) - array['home', 'message_id', 'recorded_at', 'adapter_version', 'source_version']
                  || jsonb_build_object('stated', nullif(source_version, recorded_at))
                from record."{table.Name}" t
                """);
        await RowsAsync("document", "select v.identity_id, to_jsonb(d.hash) || to_jsonb(d.entry_id::text) from record.document d join (select distinct identity_id, entry_id from record.version) v on v.entry_id = d.entry_id");
        await RowsAsync("review", "select identity_id, to_jsonb(other_identity_id::text) || to_jsonb(evidence) from record.review where decided_at is null");
        foreach (var (name, said) in rows)
        {
            said.Sort(StringComparer.Ordinal);
            records._people[name] = (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', said)))), said);
        }

        return records;

        async Task RowsAsync(string table, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
                rows[names[row.GetGuid(0)]].Add($"{table} {row.GetString(1)}");
        }
    }

    /// <summary>C3 or C7: every person in both, with the same digest.</summary>
    public IEnumerable<Finding> DifferencesFrom(CanonicalRecords other, string check)
    {
        var different = _people.Keys.Union(other._people.Keys)
            .Where(name => _people.GetValueOrDefault(name).Hash != other._people.GetValueOrDefault(name).Hash).Order(StringComparer.Ordinal).ToList();
        foreach (var name in different.Take(8))
            yield return new Finding(check, $"the record of {Digest(name)} differs: {Explain(name, other)}");
        if (different.Count > 8)
            yield return new Finding(check, $"... and those of {different.Count - 8} more people");
    }

    private string Explain(string name, CanonicalRecords other)
    {
        if (!_people.TryGetValue(name, out var mine))
            return "nobody here has just these identities";
        if (!other._people.TryGetValue(name, out var theirs))
            return "nobody there has just these identities";
        var here = mine.Rows.Except(theirs.Rows).ToList();
        var there = theirs.Rows.Except(mine.Rows).ToList();
        return $"{Tables(here)} only here, {Tables(there)} only there";
    }

    private static string Tables(List<string> rows) => rows.Count == 0 ? "nothing"
        : string.Join(", ", rows.CountBy(r => r.Split(' ')[0]).Select(t => $"{t.Value} of {t.Key}"));

    /// <summary>Local ids are a source's own words; a digest tells people apart as well.</summary>
    private static string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..12];

    private static async Task<Dictionary<Guid, string>> NamesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select i.id, string_agg(o.source || ' ' || o.local_id, E'\n' order by o.source, o.local_id)
            from record.identity i
            join record.person_link l on l.identity_id = i.id and l.ended_at is null
            join record.person_link k on k.person_id = l.person_id and k.ended_at is null
            join record.identity o on o.id = k.identity_id
            group by i.id
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var names = new Dictionary<Guid, string>();
        while (await row.ReadAsync(cancel))
            names[row.GetGuid(0)] = row.GetString(1);
        return names;
    }
}

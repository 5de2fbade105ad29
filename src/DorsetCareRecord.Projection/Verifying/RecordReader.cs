using System.Data;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>
/// Reads a person's record for operators: as it is from the rows that are shown, as it was known at a time from the log, leaving
/// out whatever was received later.
/// </summary>
public sealed class RecordReader(NpgsqlDataSource database)
{
    // Who has the number now, and whose demographics ever had it.
    private const string PersonsNow = """
        select distinct l.person_id from trait t join person_link l on l.identity_id = t.identity_id and l.ended_at is null
        where t.nhs_number = $1
        """;

    private const string PersonsThen = """
        select distinct l.person_id from version v join person_link l on l.identity_id = v.identity_id
        where v.item_type = 1 and v.item ->> 'nhsNumber' = $1 and v.recorded_at <= $2
          and l.since <= $2 and (l.ended_at is null or l.ended_at > $2)
        """;

    private const string Members = """
        select d.home, d.id, d.source, d.local_id, l.since, l.evidence,
          (select count(*) from review r where (r.identity_id = d.id or r.other_identity_id = d.id)
            and r.raised_at <= coalesce($2, r.raised_at) and (r.decided_at is null or r.decided_at > $2))
        from person_link l join identity d on d.home = l.home and d.id = l.identity_id
        where l.person_id = $1 and l.since <= coalesce($2, l.since) and (l.ended_at is null or l.ended_at > $2)
        order by d.source, d.local_id
        """;

    /// <summary>Null when nobody has the number.</summary>
    public async Task<ShownRecord?> ReadAsync(NhsNumber number, DateTimeOffset? asAt, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var people = new List<ShownPerson>();
        foreach (var person in await PersonsAsync(connection, number, asAt, cancellation))
            people.Add(await PersonAsync(connection, person, asAt, cancellation));
        return people.Count == 0 ? null : new ShownRecord(number.Digits, asAt, people);
    }

    private static async Task<List<Guid>> PersonsAsync(
        NpgsqlConnection connection, NhsNumber number, DateTimeOffset? asAt, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(asAt is null ? PersonsNow : PersonsThen, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number.Digits });
        if (asAt is { } then)
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = then.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var persons = new List<Guid>();
        while (await reader.ReadAsync(cancellation))
            persons.Add(reader.GetGuid(0));
        return [.. persons.Order()];
    }

    private static async Task<ShownPerson> PersonAsync(
        NpgsqlConnection connection, Guid person, DateTimeOffset? asAt, CancellationToken cancellation)
    {
        var (identities, members, waiting) = (new List<ShownIdentity>(), new List<(Guid Home, Guid Id)>(), 0L);
        await using (var command = new NpgsqlCommand(Members, connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = person });
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)asAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                members.Add((row.GetGuid(0), row.GetGuid(1)));
                identities.Add(new ShownIdentity(row.GetString(2), row.GetString(3), Cell.Instant(row, 4), row.GetString(5)));
                waiting += row.GetInt64(6);
            }
        }

        var items = asAt is { } then
            ? [.. (await LogAsAt.ReadAsync(connection, members, then, ItemTables.All, cancellation)).Select(Shown)]
            : await RowsNow.ReadAsync(connection, members, cancellation);
        return new ShownPerson(person, identities, (int)waiting, SectionsOf(items));
    }

    private static ShownItem Shown(KnownEntry known) =>
        new(known.Source, known.Key, known.Version, known.RecordedAt, known.Message, known.Ended, known.Says);

    private static Dictionary<string, IReadOnlyList<ShownItem>> SectionsOf(IReadOnlyList<ShownItem> items) =>
        Enum.GetValues<Section>().ToDictionary(
            section => section.Heading(),
            section => (IReadOnlyList<ShownItem>)
            [
                .. items.Where(i => i.Says.Section == section)
                    .OrderBy(i => ItemTables.Of(i.Says.GetType()).Number).ThenBy(i => i.Source, StringComparer.Ordinal)
                    .ThenBy(i => i.Key, StringComparer.Ordinal),
            ]);
}

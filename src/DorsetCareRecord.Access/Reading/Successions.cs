using DorsetCareRecord.Access.Directory;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Reading;

/// <summary>Which new sources speak in an old one's place; the portal's right is enough, and nothing of anybody is read.</summary>
public static class Successions
{
    // By the steps and not by the flag, so that a page of a past moment names who spoke then.
    private const string Select = """
        select c.new_source from record.cutover c cross join lateral (
          select s.step from record.cutover_step s where s.cutover = c.id and s.step in ('live', 'rolled-back') and s.at <= $1
          order by s.n desc limit 1) last
        where last.step = 'live'
        """;

    public static async Task<IReadOnlySet<string>> LiveAsync(AccessDatabase database, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.Source.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var live = new HashSet<string>();
        while (await row.ReadAsync(cancel))
            live.Add(row.GetString(0));
        return live;
    }
}

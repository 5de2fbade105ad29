using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>When a source was last heard.</summary>
/// <param name="Source">The feed's code.</param>
/// <param name="LastReceivedAt">Null when nothing was ever received from it: not connected, which is not "nothing recorded".</param>
public sealed record Freshness(string Source, DateTimeOffset? LastReceivedAt);

/// <summary>Tells of each source when it was last heard; needs no more than the portal's role may see.</summary>
public static class SourceFreshness
{
    // One step in the index (source, received_at) for each source and month.
    private const string Select = """
        select s.source, (
          select m.received_at from inbox.message m where m.source = s.source order by m.received_at desc limit 1)
        from unnest($1) as s (source)
        """;

    public static async Task<IReadOnlyList<Freshness>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. Record.Organisations.Dorset.Sources.Select(s => s.Code)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var sources = new List<Freshness>();
        while (await reader.ReadAsync(cancellation))
            sources.Add(new Freshness(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1)));
        return sources;
    }
}

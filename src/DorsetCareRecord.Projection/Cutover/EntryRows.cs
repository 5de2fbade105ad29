using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>Every entry of some identities, of every type, in one round trip.</summary>
internal static class EntryRows
{
    public static async Task<ILookup<Guid, Entry<Item>>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(Guid Home, Guid Id)> identities, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var table in ItemTables.All)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
                select {table.Quoted} from "{table.Name}" where (home, identity_id) in (select * from unnest($1, $2))
                """).With(Arrays.Ids(identities.Select(i => i.Home)), Arrays.Ids(identities.Select(i => i.Id))));
        }

        var entries = new List<Entry<Item>>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        foreach (var table in ItemTables.All)
        {
            while (await reader.ReadAsync(cancellation))
                entries.Add(table.ReadAny(reader));
            await reader.NextResultAsync(cancellation);
        }

        return entries.ToLookup(e => e.IdentityId);
    }
}

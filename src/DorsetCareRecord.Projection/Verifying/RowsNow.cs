using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>The rows that are shown, of some identities.</summary>
internal static class RowsNow
{
    public static async Task<IReadOnlyList<ShownItem>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<(Guid Home, Guid Id)> identities, CancellationToken cancellation)
    {
        var items = new List<ShownItem>();
        await ReadAsync(ItemTables.Demographics, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Flag, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Problem, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Medicine, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Allergy, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Result, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Report, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Contact, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.CareService, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.CareWorker, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Letter, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Encounter, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Immunisation, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.Notice, connection, identities, items, cancellation);
        await ReadAsync(ItemTables.CareDetail, connection, identities, items, cancellation);
        return items;
    }

    private static async Task ReadAsync<TItem>(
        ItemTable<TItem> table, NpgsqlConnection connection, IReadOnlyList<(Guid Home, Guid Id)> identities, List<ShownItem> items,
        CancellationToken cancellation)
        where TItem : Item
    {
        await using var command = new NpgsqlCommand($"""
            select {table.Quoted} from "{table.Name}" where (home, identity_id) in (select * from unnest($1, $2))
            """, connection);
        command.Parameters.Add(Arrays.Ids(identities.Select(i => i.Home)));
        command.Parameters.Add(Arrays.Ids(identities.Select(i => i.Id)));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var entry = table.Read(reader);
            items.Add(new ShownItem(
                entry.Source, entry.SourceKey, entry.Version.At, entry.RecordedAt, entry.MessageId, entry.Ended, entry.Item));
        }
    }
}

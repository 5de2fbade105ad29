using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>A row of an item table before it is one.</summary>
internal sealed record ItemRow(
    Guid Home, Guid Id, Guid IdentityId, string Source, string SourceKey, DateTimeOffset SourceVersion, DateTimeOffset RecordedAt,
    long MessageId, short AdapterVersion, bool Ended, Item Item);

/// <summary>Many rows of one item table as parameters, one array a column: for writing them, or for reading them as if written.</summary>
internal static class ItemRows
{
    /// <summary>A select of the table's columns, in their order, from parameters numbered from <paramref name="first"/>.</summary>
    internal static string Select(ItemTable table, int first)
    {
        var own = table.Properties.SelectMany(p => p.Columns).ToList();
        var names = table.Columns.Select((_, i) => $"c{i}").ToList();
        var values = names.Select((name, i) => i < ItemTable.Heads.Count ? name : own[i - ItemTable.Heads.Count].FromParameter(name));
        return $"""
            select {string.Join(", ", values)} from unnest({string.Join(", ", names.Select((_, i) => $"${i + first}"))}) r ({string.Join(", ", names)})
            """;
    }

    internal static NpgsqlParameter[] Parameters(ItemTable table, IReadOnlyList<ItemRow> rows)
    {
        var items = rows.Select(r => r.Item).ToList();
        return
        [
            Arrays.Ids(rows.Select(r => r.Home)), Arrays.Ids(rows.Select(r => r.Id)), Arrays.Ids(rows.Select(r => r.IdentityId)),
            Arrays.Smalls(items.Select(i => (short)i.Section)), Arrays.Texts(rows.Select(r => r.Source)),
            Arrays.Texts(rows.Select(r => r.SourceKey)), Arrays.Texts(items.Select(i => i.Organisation)),
            Arrays.Times(rows.Select(r => r.SourceVersion)), Arrays.Times(rows.Select(r => r.RecordedAt)),
            Arrays.Longs(rows.Select(r => r.MessageId)), Arrays.Smalls(rows.Select(r => r.AdapterVersion)),
            Arrays.YesNos(rows.Select(r => (bool?)r.Ended)), Arrays.SmallsOrNull(items.Select(i => (short?)i.Audience)),
            Arrays.SmallsOrNull(items.Select(i => (short?)i.Confidentiality)),
            .. table.Properties.SelectMany(p => p.Columns).Select(c => c.Values(items)),
        ];
    }
}

using System.Collections.Concurrent;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>The rows that are shown: written whole from the fold, or taken away when nothing is shown any more.</summary>
internal static class ItemWrites
{
    private static readonly ConcurrentDictionary<ItemTable, string> Upserts = [];

    public static IEnumerable<NpgsqlBatchCommand> Of(IReadOnlyList<PatientState> patients)
    {
        var touched = patients.SelectMany(p => p.Entries.Values.Where(e => e.IsTouched).Select(e => (Patient: p, Entry: e)));
        foreach (var rows in touched.GroupBy(x => x.Entry.Key.ItemType).OrderBy(t => t.Key))
        {
            var table = ItemTables.Of(rows.Key);
            var shown = rows.Where(x => x.Entry.After is not null).ToList();
            if (shown.Count > 0)
                yield return Upsert(table, shown);
            var gone = rows.Where(x => x.Entry.IsGone).ToList();
            if (gone.Count > 0)
                yield return Delete(table, gone);
        }
    }

    private static NpgsqlBatchCommand Upsert(ItemTable table, List<(PatientState Patient, EntryState Entry)> rows)
    {
        var items = rows.Select(r => Fold.Item(r.Entry.Statements)).ToList();
        var heads = rows.Select(r => r.Entry.After!.Head).ToList();
        return new NpgsqlBatchCommand(Upserts.GetOrAdd(table, UpsertSql)).With(
        [
            Arrays.Ids(rows.Select(r => r.Patient.Home!.Value)), Arrays.Ids(rows.Select(r => r.Entry.Key.Id)),
            Arrays.Ids(rows.Select(r => r.Patient.IdentityId)), Arrays.Smalls(items.Select(i => (short)i.Section)),
            Arrays.Texts(rows.Select(r => r.Patient.Intake.Patient.Source)), Arrays.Texts(rows.Select(r => r.Entry.Key.SourceKey)),
            Arrays.Texts(items.Select(i => i.Organisation)), Arrays.Times(heads.Select(h => h.Last.At)),
            Arrays.Times(heads.Select(h => h.LastRecordedAt)), Arrays.Longs(heads.Select(h => h.Last.MessageId)),
            Arrays.Smalls(heads.Select(h => h.AdapterVersion)), Arrays.YesNos(rows.Select(r => (bool?)r.Entry.After!.Ended)),
            Arrays.SmallsOrNull(items.Select(i => (short?)i.Audience)),
            Arrays.SmallsOrNull(items.Select(i => (short?)i.Confidentiality)),
            .. table.Properties.SelectMany(p => p.Columns).Select(c => c.Values(items)),
        ]);
    }

    private static string UpsertSql(ItemTable table)
    {
        var own = table.Properties.SelectMany(p => p.Columns).ToList();
        var names = table.Columns.Select((_, i) => $"c{i}").ToList();
        var values = names.Select((name, i) => i < ItemTable.Heads.Count ? name : own[i - ItemTable.Heads.Count].FromParameter(name));
        return $"""
            insert into "{table.Name}" ({table.Quoted})
            select {string.Join(", ", values)} from unnest({string.Join(", ", names.Select((_, i) => $"${i + 1}"))}) r ({string.Join(", ", names)})
            on conflict (home, id) do update set {string.Join(", ", table.Columns.Skip(2).Select(c => $"\"{c}\" = excluded.\"{c}\""))}
            """;
    }

    private static NpgsqlBatchCommand Delete(ItemTable table, List<(PatientState Patient, EntryState Entry)> rows) =>
        new NpgsqlBatchCommand($"""
            delete from "{table.Name}" t using unnest($1, $2) g (home, id) where t.home = g.home and t.id = g.id
            """).With(Arrays.Ids(rows.Select(r => r.Patient.Home!.Value)), Arrays.Ids(rows.Select(r => r.Entry.Key.Id)));
}

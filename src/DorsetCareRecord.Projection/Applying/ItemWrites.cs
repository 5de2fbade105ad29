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

    private static NpgsqlBatchCommand Upsert(ItemTable table, List<(PatientState Patient, EntryState Entry)> rows) =>
        new NpgsqlBatchCommand(Upserts.GetOrAdd(table, UpsertSql)).With(ItemRows.Parameters(table, [.. rows.Select(r => Row(r.Patient, r.Entry))]));

    private static ItemRow Row(PatientState patient, EntryState entry)
    {
        var head = entry.After!.Head;
        return new ItemRow(patient.Home!.Value, entry.Key.Id, patient.IdentityId, patient.Intake.Patient.Source, entry.Key.SourceKey, head.Last.At,
            head.LastRecordedAt, head.Last.MessageId, head.AdapterVersion, entry.After.Ended, Fold.Item(entry.Statements));
    }

    private static string UpsertSql(ItemTable table) => $"""
        insert into "{table.Name}" ({table.Quoted}) {ItemRows.Select(table, first: 1)}
        on conflict (home, id) do update set {string.Join(", ", table.Columns.Skip(2).Select(c => $"\"{c}\" = excluded.\"{c}\""))}
        """;

    private static NpgsqlBatchCommand Delete(ItemTable table, List<(PatientState Patient, EntryState Entry)> rows) =>
        new NpgsqlBatchCommand($"""
            delete from "{table.Name}" t using unnest($1, $2) g (home, id) where t.home = g.home and t.id = g.id
            """).With(Arrays.Ids(rows.Select(r => r.Patient.Home!.Value)), Arrays.Ids(rows.Select(r => r.Entry.Key.Id)));
}

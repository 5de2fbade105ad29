using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// Tells open pages what changed: one notification a person, sent by PostgreSQL when the transaction commits. It carries our own
/// id of the person and the numbers of sections, nothing of the patient.
/// </summary>
internal static class Notification
{
    private const string Notify = $"""
        select pg_notify('{RecordSchema.Channel}', person_id || ':' || string_agg(section::text, ',' order by section)) from (
          select l.person_id, s.section from unnest($1, $2) s (identity_id, section)
          join person_link l on l.identity_id = s.identity_id and l.ended_at is null
          union
          select p.person_id, s.section from unnest($3) p (person_id) cross join unnest($4) s (section)) changed
        group by person_id
        """;

    private static readonly short[] AllSections = [.. Enum.GetValues<Section>().Select(s => (short)s)];

    /// <summary>Of a notification that anything may have changed: each section's number, as those who listen expect them.</summary>
    public static string WholeRecord { get; } = string.Join(',', AllSections);

    /// <summary>Null when nobody needs to know.</summary>
    public static NpgsqlBatchCommand? Of(IReadOnlyList<PatientState> patients, IReadOnlySet<Guid> relinked)
    {
        var changed = patients.SelectMany(p => p.Entries.Values.Where(e => e.IsNews)
            .SelectMany(e => SectionsOf(e).Select(s => (p.IdentityId, Section: s)))).Distinct().ToList();
        if (changed.Count == 0 && relinked.Count == 0)
            return null;

        return new NpgsqlBatchCommand(Notify).With(
            Arrays.Ids(changed.Select(c => c.IdentityId)), Arrays.Smalls(changed.Select(c => c.Section)),
            Arrays.Ids(relinked), Arrays.Smalls(AllSections));
    }

    /// <summary>An item may move between sections: a contact who became a carer.</summary>
    private static IEnumerable<short> SectionsOf(EntryState entry) =>
        entry.Statements.Concat(entry.Log.Said).Where(s => !s.IsWithdrawal).Select(s => (short)s.Item!.Section).Distinct();
}

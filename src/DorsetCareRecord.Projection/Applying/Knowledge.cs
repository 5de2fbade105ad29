using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>What the record already knows of a batch's patients: their identities, and the logs of the entries and lists the
/// batch touches, and the moves around them. One round trip, whatever the size of the batch.</summary>
internal static class Knowledge
{
    private const string Identities = """
        select k.n, d.home, d.own_person_id, d.first_seen_at,
          t.nhs_number, t.nhs_number_status, t.born_on, t.family_keys, t.given_key, t.family_name, t.given_names, t.gender, t.postcode, t.deceased,
          m.source_version,
          exists (select from merge o where o.source = k.source and o.prior_local_id = k.local_id)
            or exists (select from merge o where o.source = k.source and o.survivor_local_id = k.local_id)
            or exists (select from cutover c where k.source in (c.old_source, c.new_source))
        from unnest($1, $2) with ordinality k (source, local_id, n)
        join identifier i on i.source = k.source and i.local_id = k.local_id
        join identity d on d.home = i.home and d.id = i.identity_id
        join trait t on t.identity_id = d.id
        left join merge m on m.source = k.source and m.prior_local_id = k.local_id and m.survivor_local_id <> k.local_id and exists (
          select from identifier s
          join person_link sl on sl.identity_id = s.identity_id and sl.ended_at is null
          join person_link pl on pl.identity_id = i.identity_id and pl.ended_at is null and pl.person_id = sl.person_id
          where s.source = m.source and s.local_id = m.survivor_local_id)
        """;

    // The entries the batch names, and those in the lists it sends whole: these may end.
    private const string Versions = """
        with named as (
          select i.home, i.identity_id, k.n
          from unnest($1, $2) with ordinality k (source, local_id, n)
          join identifier i on i.source = k.source and i.local_id = k.local_id),
        touched as (
          select p.home, e.entry_id, p.n from unnest($3, $4) e (n, entry_id) join named p on p.n = e.n
          union
          select p.home, v.entry_id, p.n from unnest($5, $6, $7) l (n, list, item_type)
          join named p on p.n = l.n
          join version v on v.home = p.home and v.identity_id = p.identity_id and v.list = l.list and v.item_type = l.item_type)
        select t.n, v.entry_id, v.item_type, v.source_key, v.source_version, v.message_id, v.ordinal,
          v.last_version, v.last_message_id, v.last_ordinal, v.recorded_at, v.last_recorded_at, v.adapter_version, v.list, v.item::text
        from touched t join version v on v.home = t.home and v.entry_id = t.entry_id
        """;

    // Of the lists the batch names, and of those that the entries it names were in.
    private const string Lists = """
        with named as (
          select i.home, i.identity_id, k.n
          from unnest($1, $2) with ordinality k (source, local_id, n)
          join identifier i on i.source = k.source and i.local_id = k.local_id),
        wanted as (
          select p.home, p.identity_id, p.n, l.list, l.item_type from unnest($5, $6, $7) l (n, list, item_type) join named p on p.n = l.n
          union
          select p.home, p.identity_id, p.n, v.list, v.item_type from unnest($3, $4) e (n, entry_id) join named p on p.n = e.n
          join version v on v.home = p.home and v.entry_id = e.entry_id where v.list is not null)
        select w.n, l.list, l.item_type, l.source_version, l.message_id, l.last_version, l.last_message_id, l.recorded_at, l.last_recorded_at, l.keys
        from wanted w join list_version l
          on l.home = w.home and l.identity_id = w.identity_id and l.list = w.list and l.item_type = w.item_type
        """;

    public static async Task<(IReadOnlyList<PatientState> Patients, List<Move> Moves)> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<PatientIntake> patients, ProjectorOptions options, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (options.Alone is false)
        {
            foreach (var command in Locks.OfPatients(patients))
                batch.BatchCommands.Add(command);
        }

        var locks = batch.BatchCommands.Count;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Identities).With(
            Arrays.Texts(patients.Select(p => p.Patient.Source)), Arrays.Texts(patients.Select(p => p.Patient.Id))));
        batch.BatchCommands.Add(Logs(Versions, patients));
        batch.BatchCommands.Add(Logs(Lists, patients));
        batch.BatchCommands.Add(MoveRows.Around(patients));
        await batch.PrepareAsync(cancellation);

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 0; i < locks; i++)
            await reader.NextResultAsync(cancellation);
        var states = await IdentitiesAsync(reader, patients, options.Origins, cancellation);
        await reader.NextResultAsync(cancellation);
        await VersionsAsync(reader, states, cancellation);
        await reader.NextResultAsync(cancellation);
        await ListsAsync(reader, states, cancellation);
        await reader.NextResultAsync(cancellation);
        return (states, await MoveRows.ReadAsync(reader, cancellation));
    }

    private static NpgsqlBatchCommand Logs(string sql, IReadOnlyList<PatientIntake> patients)
    {
        var entries = patients
            .SelectMany((p, i) => p.Statements.Select(s => s.Entry.Id).Concat(p.MovedEntries).Select(id => (N: i + 1L, Id: id))).Distinct().ToList();
        var lists = patients.SelectMany((p, i) => ListsOf(p).Concat(p.MovedLists).Distinct().Select(l => (N: i + 1L, l.List, l.ItemType))).ToList();
        return new NpgsqlBatchCommand(sql).With(
            Arrays.Texts(patients.Select(p => p.Patient.Source)), Arrays.Texts(patients.Select(p => p.Patient.Id)),
            Arrays.Longs(entries.Select(e => e.N)), Arrays.Ids(entries.Select(e => e.Id)),
            Arrays.Longs(lists.Select(l => l.N)), Arrays.Texts(lists.Select(l => l.List)), Arrays.Smalls(lists.Select(l => l.ItemType)));
    }

    private static IEnumerable<ListKey> ListsOf(PatientIntake patient) => patient.Lists.Select(l => l.List)
        .Concat(patient.Statements.Where(s => s.Said.List is not null).Select(s => new ListKey(s.Said.List!, s.Entry.ItemType)));

    private static async Task<PatientState[]> IdentitiesAsync(
        NpgsqlDataReader row, IReadOnlyList<PatientIntake> patients, IReadOnlyDictionary<Guid, IdentityOrigin>? origins,
        CancellationToken cancellation)
    {
        var states = new PatientState[patients.Count];
        while (await row.ReadAsync(cancellation))
        {
            var n = (int)row.GetInt64(0) - 1;
            states[n] = new PatientState(patients[n])
            {
                IsNew = false,
                Home = row.GetGuid(1),
                OwnPersonId = row.GetGuid(2),
                FirstSeenAt = Cell.Instant(row, 3),
                TraitBefore = TraitRows.Read(row, 4),
                MergedAwayAt = row.IsDBNull(14) ? null : Cell.Instant(row, 14),
                MayBeCovered = row.GetBoolean(15),
            };
        }

        for (var i = 0; i < states.Length; i++)
            states[i] ??= Unknown(patients[i], origins);
        return states;
    }

    private static PatientState Unknown(PatientIntake patient, IReadOnlyDictionary<Guid, IdentityOrigin>? origins)
    {
        IdentityOrigin? origin = null;
        origins?.TryGetValue(patient.IdentityId, out origin);
        return new PatientState(patient)
        {
            IsNew = true,
            Home = origin?.Home,
            OwnPersonId = origin?.OwnPersonId ?? Guid.CreateVersion7(patient.SeenAt),
            FirstSeenAt = patient.SeenAt,
        };
    }

    private static async Task VersionsAsync(NpgsqlDataReader row, PatientState[] states, CancellationToken cancellation)
    {
        var logs = new Dictionary<(int, EntryKey), List<Said>>();
        while (await row.ReadAsync(cancellation))
        {
            var key = ((int)row.GetInt64(0) - 1, new EntryKey(row.GetGuid(1), row.GetInt16(2), row.GetString(3)));
            if (!logs.TryGetValue(key, out var said))
                logs[key] = said = [];
            said.Add(VersionRows.Read(row, 4));
        }

        foreach (var ((patient, key), said) in logs)
            states[patient].Entries[key.Id] = new EntryState(key, new EntryLog(said));
    }

    private static async Task ListsAsync(NpgsqlDataReader row, PatientState[] states, CancellationToken cancellation)
    {
        var logs = new Dictionary<(int, ListKey), List<Listed>>();
        while (await row.ReadAsync(cancellation))
        {
            var key = ((int)row.GetInt64(0) - 1, new ListKey(row.GetString(1), row.GetInt16(2)));
            if (!logs.TryGetValue(key, out var listed))
                logs[key] = listed = [];
            listed.Add(VersionRows.ReadList(row, 3));
        }

        foreach (var ((patient, key), listed) in logs)
            states[patient].Lists[key] = new ListLog(listed);
    }
}

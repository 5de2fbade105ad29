using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>
/// Works out again what covers what, for patients that changed: a function of the rows as they now are, of the merges and of the crosswalk
/// in force, so a rebuild gives the same. Rows that stay are not touched.
/// </summary>
internal static class Covers
{
    private const string Remove = "delete from cover c using unnest($1, $2, $3) g (home, entry_id, by_identity_id) where (c.home, c.entry_id, c.by_identity_id) = (g.home, g.entry_id, g.by_identity_id)";

    private const string Add = """
        insert into cover (home, entry_id, by_identity_id, identity_id, item_type, by_entry_id, why)
        select home, entry_id, by_identity_id, identity_id, item_type, nullif(by_entry_id, '00000000-0000-0000-0000-000000000000'), why
        from unnest($1, $2, $3, $4, $5, $6, $7) n (home, entry_id, by_identity_id, identity_id, item_type, by_entry_id, why)
        """;

    /// <summary>After a batch: nothing to do for nearly every patient.</summary>
    public static Task AfterBatchAsync(
        NpgsqlConnection connection, IReadOnlyList<PatientState> patients, ProjectorOptions options, CancellationToken cancellation)
    {
        var touched = patients.Where(p => p.IsNew || p.MayBeCovered || p.Intake.Merges.Count > 0)
            .SelectMany(p => p.Intake.Merges.SelectMany(m => (LocalPatient[])[m.Survivor, m.Prior]).Prepend(p.Intake.Patient)).ToList();
        return touched.Count == 0 ? Task.CompletedTask : RefreshAsync(connection, touched, options.Alone, cancellation);
    }

    public static async Task RefreshAsync(
        NpgsqlConnection connection, IEnumerable<LocalPatient> patients, bool alone, CancellationToken cancellation, bool always = false)
    {
        // A look without locks says whom to lock, and all are locked in one order.
        var asked = patients.ToHashSet();
        var relations = await Relations.ExploreAsync(connection, asked, [], cancellation);
        // A crosswalk may name somebody no more whom an earlier one did.
        if (relations.IsEmpty && !always && (alone || !relations.MayBeMapped))
            return;
        relations = await ExploreLockedAsync(connection, asked, relations, alone, always, cancellation);
        if (relations.IsEmpty && !always)
            return;
        var members = relations.Known.Values;
        var entries = await EntryRows.ReadAsync(connection, [.. relations.Related.Select(m => (m.Home, m.Id))], cancellation);
        var wanted = Merged(relations, entries).Concat(await PairedAsync(connection, relations, entries, cancellation))
            .Select(c => new CoverRow(c.Old.Home, c.Old.Id, c.ByIdentityId, c.Old.IdentityId, ItemTables.Of(c.Old.Item.GetType()).Number, c.ByEntryId, c.Why))
            .DistinctBy(c => (c.Home, c.EntryId, c.ByIdentityId)).ToHashSet();
        var stored = await StoredAsync(connection, [.. members.Select(m => m.Id)], cancellation);
        await WriteAsync(connection, [.. stored.Where(c => !wanted.Contains(c))], [.. wanted.Where(c => !stored.Contains(c))], cancellation);
    }

    /// <summary>
    /// Another lane may be writing the other side of a pair, or who is a pair: whoever is later sees what the earlier one wrote. So the look
    /// that counts is made under the locks of everybody it finds, and of whoever covered or was covered by one of these before a merge went
    /// another way.
    /// </summary>
    private static async Task<Relations> ExploreLockedAsync(
        NpgsqlConnection connection, HashSet<LocalPatient> asked, Relations relations, bool alone, bool always, CancellationToken cancellation)
    {
        var locked = new HashSet<LocalPatient>();
        while (true)
        {
            asked.UnionWith(relations.Locals);
            if (!alone && asked.Where(locked.Add).ToList() is { Count: > 0 } more)
            {
                relations = await Relations.ExploreAsync(connection, asked, Locks.OfCovers(more), cancellation);
                continue;
            }

            // Who took a merge or a map away has worked out, or will, what became of those it named.
            if (relations.IsEmpty && !always)
                return relations;
            var former = await FormerlyRelatedAsync(connection, [.. relations.Known.Values.Select(m => m.Id)], cancellation);
            if (former.Count == 0)
                return relations;
            var known = asked.Count;
            asked.UnionWith(former);
            if (asked.Count == known)
                throw new InvalidOperationException("Somebody who covers or is covered has an identity and no identifier: the record is to be rebuilt.");
            if (alone)
                relations = await Relations.ExploreAsync(connection, asked, [], cancellation);
        }
    }

    /// <summary>One patient under two numbers: of an entry that both have, the later word counts; of who they are, the survivor's.</summary>
    private static IEnumerable<Cover> Merged(Relations relations, ILookup<Guid, Entry<Item>> entries)
    {
        var chains = relations.Chains;
        foreach (var patient in relations.Known.Values.GroupBy(m => chains.SurvivorOf(m.Patient)).Where(g => g.Count() > 1))
        {
            var survivor = relations.Known.GetValueOrDefault(patient.Key)?.Id;
            foreach (var twice in patient.SelectMany(m => entries[m.Id]).GroupBy(e => (e.Item.GetType(), e.SourceKey)).Where(g => g.Count() > 1))
            {
                var stays = twice.OrderByDescending(e => e.Item is Demographics && e.IdentityId == survivor)
                    .ThenByDescending(e => e.Version.At).ThenByDescending(e => e.MessageId).ThenBy(e => e.Id).First();
                foreach (var goes in twice.Where(e => e.Id != stays.Id))
                    yield return new Cover(goes, stays.IdentityId, stays.Id, CoverReasons.Merged);
            }
        }
    }

    private static async Task<List<Cover>> PairedAsync(
        NpgsqlConnection connection, Relations relations, ILookup<Guid, Entry<Item>> entries, CancellationToken cancellation)
    {
        var chains = relations.Chains;
        var pairs = relations.PatientMaps.Where(m => relations.Known.ContainsKey(m.Old))
            .Select(m => (Map: m, Old: relations.Known[m.Old], New: NewMembers(m, relations, chains))).Where(p => p.New.Count > 0).ToList();
        if (pairs.Count == 0)
            return [];

        var pictures = await PicturesAsync(connection, [.. pairs.SelectMany(p => p.New)], cancellation);
        var covers = new List<Cover>();
        foreach (var of in pairs.GroupBy(p => (p.Map.Cutover, p.Map.Load)))
        {
            var keys = of.SelectMany(p => entries[p.Old.Id]).Where(e => e.Item is Encounter or Letter).Select(e => e.SourceKey).ToList();
            var crosswalk = await CrosswalkAsync(connection, of.Key.Cutover, of.Key.Load, keys, cancellation);
            foreach (var (map, old, @new) in of)
            {
                covers.AddRange(Pairing.Of(new PatientPair
                {
                    Old = [.. entries[old.Id]],
                    New = [.. @new.SelectMany(m => entries[m.Id])],
                    NewIdentityId = @new[0].Id,
                    Crosswalk = crosswalk,
                    Pictures = @new.SelectMany(m => pictures[m.Id]).ToHashSet(),
                    DrainedAt = map.DrainedAt,
                }));
            }
        }

        return covers;
    }

    /// <summary>The patient the crosswalk names, and whom the new source has merged them into since.</summary>
    private static List<Member> NewMembers(PatientMap map, Relations relations, MergeChains chains) =>
    [
        .. ((LocalPatient[])[map.New, chains.SurvivorOf(map.New)]).Distinct()
            .Select(p => relations.Known.GetValueOrDefault(p)).OfType<Member>(),
    ];

    internal static async Task<ILookup<Guid, short>> PicturesAsync(
        NpgsqlConnection connection, IReadOnlyCollection<Member> members, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select distinct l.identity_id, l.item_type from unnest($1, $2) k (home, id)
            join list_version l on l.home = k.home and l.identity_id = k.id
            """, connection);
        command.Parameters.Add(Arrays.Ids(members.Select(m => m.Home)));
        command.Parameters.Add(Arrays.Ids(members.Select(m => m.Id)));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var pictures = new List<(Guid Id, short Type)>();
        while (await row.ReadAsync(cancellation))
            pictures.Add((row.GetGuid(0), row.GetInt16(1)));
        return pictures.ToLookup(p => p.Id, p => p.Type);
    }

    internal static async Task<Dictionary<(string Kind, string Old), string>> CrosswalkAsync(
        NpgsqlConnection connection, string cutover, int load, IEnumerable<string> keys, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select kind, old_id, new_id from crosswalk
            where cutover = $1 and load = $2 and kind in ('visit', 'appointment', 'document') and old_id = any ($3)
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cutover });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = load });
        command.Parameters.Add(Arrays.Texts(keys.SelectMany(k => (string[])[k, Pairing.NumberOf(k)]).Distinct()));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var crosswalk = new Dictionary<(string, string), string>();
        while (await row.ReadAsync(cancellation))
            crosswalk[(row.GetString(0), row.GetString(1))] = row.GetString(2);
        return crosswalk;
    }

    private static async Task<List<LocalPatient>> FormerlyRelatedAsync(NpgsqlConnection connection, Guid[] members, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            with others as (
              select by_identity_id as id from cover where identity_id = any ($1)
              union select identity_id from cover where by_identity_id = any ($1))
            select i.source, i.local_id from others o join identity i on i.id = o.id where o.id <> all ($1)
            """, connection);
        command.Parameters.Add(Arrays.Ids(members));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var former = new List<LocalPatient>();
        while (await row.ReadAsync(cancellation))
            former.Add(new LocalPatient(row.GetString(0), row.GetString(1)));
        return former;
    }

    private static async Task<HashSet<CoverRow>> StoredAsync(NpgsqlConnection connection, Guid[] identities, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select home, entry_id, by_identity_id, identity_id, item_type, by_entry_id, why from cover where identity_id = any ($1)
            """, connection);
        command.Parameters.Add(Arrays.Ids(identities));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var stored = new HashSet<CoverRow>();
        while (await row.ReadAsync(cancellation))
        {
            stored.Add(new CoverRow(
                row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.GetInt16(4), row.IsDBNull(5) ? null : row.GetGuid(5),
                row.GetString(6)));
        }

        return stored;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<CoverRow> gone, IReadOnlyList<CoverRow> made, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (gone.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Remove).With(
                Arrays.Ids(gone.Select(c => c.Home)), Arrays.Ids(gone.Select(c => c.EntryId)), Arrays.Ids(gone.Select(c => c.ByIdentityId))));
        }

        if (made.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Add).With(
                Arrays.Ids(made.Select(c => c.Home)), Arrays.Ids(made.Select(c => c.EntryId)), Arrays.Ids(made.Select(c => c.ByIdentityId)),
                Arrays.Ids(made.Select(c => c.IdentityId)), Arrays.Smalls(made.Select(c => c.ItemType)),
                Arrays.Ids(made.Select(c => c.ByEntryId ?? Guid.Empty)), Arrays.Texts(made.Select(c => c.Why))));
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }
}

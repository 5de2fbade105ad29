using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>What was known at a time: the fold of the versions and lists received by then.</summary>
public static class LogAsAt
{
    private const string Versions = """
        select d.source, v.entry_id, v.item_type, v.source_key, v.identity_id, v.source_version, v.message_id, v.ordinal,
          v.last_version, v.last_message_id, v.last_ordinal, v.recorded_at, v.last_recorded_at, v.adapter_version, v.list, v.item::text
        from unnest($1, $2) k (home, id) join identity d on d.home = k.home and d.id = k.id
        join version v on v.home = k.home and v.identity_id = k.id and v.recorded_at <= $3 and v.item_type = any($4)
        """;

    private const string Lists = """
        select l.identity_id, l.list, l.item_type, l.source_version, l.message_id, l.last_version, l.last_message_id, l.recorded_at,
          l.last_recorded_at, l.keys
        from unnest($1, $2) k (home, id) join list_version l on l.home = k.home and l.identity_id = k.id and l.recorded_at <= $3 and l.item_type = any($4)
        """;

    /// <param name="connection">On the record's search path.</param>
    /// <param name="identities">Whose log.</param>
    /// <param name="then">Whatever was received later is left out.</param>
    /// <param name="tables">Of which types of items; the others are not read.</param>
    public static async Task<IReadOnlyList<KnownEntry>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<(Guid Home, Guid Id)> identities,
        DateTimeOffset then, IEnumerable<ItemTable> tables, CancellationToken cancellation)
    {
        var types = tables.Select(table => table.Number).Distinct().ToList();
        // Moves bring here what was told of others, and take away what was told of these.
        var (patients, moves) = await MovedAsync(connection, identities, then, cancellation);
        var told = identities.Concat(patients.Keys).Distinct().ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[Versions, Lists])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(
                Arrays.Ids(told.Select(i => i.Home)), Arrays.Ids(told.Select(i => i.Id)),
                new NpgsqlParameter<DateTime> { TypedValue = then.UtcDateTime }, Arrays.Smalls(types)));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var entries = await VersionsAsync(reader, then, cancellation);
        await reader.NextResultAsync(cancellation);
        var lists = await ListsAsync(reader, then, cancellation);

        var homes = identities.ToDictionary(i => i.Id, i => i.Home);
        var items = new List<KnownEntry>();
        var routed = Routed(entries, lists, patients, moves);
        foreach (var entry in routed.Where(r => r.Shown is not null && homes.ContainsKey(NameIds.Identity(r.Patient))))
            items.Add(Known(homes, NameIds.Identity(entry.Patient), entry.Patient.Source, entry.Key, entry.Shown!, Fold.Item(entry.Said)));

        var gone = routed.SelectMany(r => r.From.Select(f => f.Key.Id)).ToHashSet();
        foreach (var ((source, key, identity), said) in entries.Where(e => !gone.Contains(e.Key.Key.Id) && homes.ContainsKey(e.Key.Identity)))
        {
            var log = new EntryLog(said).Said;
            var shown = Fold.Of(log, key.SourceKey, list => lists.GetValueOrDefault((identity, new ListKey(list, key.ItemType)))?.Latest);
            if (shown is not null)
                items.Add(Known(homes, identity, source, key, shown, Fold.Item(log)));
        }

        return items;
    }

    private static KnownEntry Known(Dictionary<Guid, Guid> homes, Guid identity, string source, EntryKey key, Shown shown, Item item) => new(
        homes[identity], key.Id, identity, source, key.SourceKey, shown.Head.Last.At, shown.Head.LastRecordedAt, shown.Head.Last.MessageId,
        shown.Head.AdapterVersion, shown.Ended, AsShown(item));

    /// <summary>The patients these are, and those moves connect with them, with the moves received by then.</summary>
    private static async Task<(Dictionary<(Guid Home, Guid Id), LocalPatient> Patients, Moves Moves)> MovedAsync(
        NpgsqlConnection connection, IReadOnlyList<(Guid Home, Guid Id)> identities, DateTimeOffset then, CancellationToken cancellation)
    {
        var own = await PatientsAsync(connection, Arrays.Ids(identities.Select(i => i.Id)), cancellation);
        var moves = new Moves((await MovesAsync(connection, [.. own.Values], cancellation)).Where(m => m.RecordedAt <= then));
        if (moves.IsEmpty)
            return ([], moves);
        var all = moves.Places.Select(p => p.Patient).Distinct().Select(NameIds.Identity);
        return (await PatientsAsync(connection, Arrays.Ids(all.Concat(identities.Select(i => i.Id))), cancellation), moves);
    }

    private static async Task<List<Move>> MovesAsync(NpgsqlConnection connection, IReadOnlyList<LocalPatient> patients, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { MoveRows.Around(patients) } };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await MoveRows.ReadAsync(row, cancellation);
    }

    private static async Task<Dictionary<(Guid Home, Guid Id), LocalPatient>> PatientsAsync(
        NpgsqlConnection connection, NpgsqlParameter ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select home, id, source, local_id from identity where id = any ($1)", connection);
        command.Parameters.Add(ids);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var patients = new Dictionary<(Guid, Guid), LocalPatient>();
        while (await row.ReadAsync(cancellation))
            patients.Add((row.GetGuid(0), row.GetGuid(1)), new LocalPatient(row.GetString(2), row.GetString(3)));
        return patients;
    }

    private static IReadOnlyList<RoutedEntry> Routed(
        Dictionary<(string Source, EntryKey Key, Guid Identity), List<Said>> entries, Dictionary<(Guid, ListKey), ListLog> lists,
        Dictionary<(Guid Home, Guid Id), LocalPatient> patients, Moves moves)
    {
        if (moves.IsEmpty)
            return [];
        var byId = patients.ToDictionary(p => p.Key.Id, p => p.Value);
        return Routing.Of(
            moves,
            entries.Select(e => new ToldEntry(byId[e.Key.Identity], e.Key.Key, new EntryLog(e.Value).Said)),
            (patient, list) => lists.GetValueOrDefault((NameIds.Identity(patient), list))?.Latest);
    }

    private static async Task<Dictionary<(string Source, EntryKey Key, Guid Identity), List<Said>>> VersionsAsync(
        NpgsqlDataReader row, DateTimeOffset then, CancellationToken cancellation)
    {
        var entries = new Dictionary<(string, EntryKey, Guid), List<Said>>();
        while (await row.ReadAsync(cancellation))
        {
            var key = (row.GetString(0), new EntryKey(row.GetGuid(1), row.GetInt16(2), row.GetString(3)), row.GetGuid(4));
            if (!entries.TryGetValue(key, out var said))
                entries[key] = said = [];
            var version = VersionRows.Read(row, 5);
            if (version.LastRecordedAt > then)
                (version.Last, version.LastRecordedAt) = (version.First, version.RecordedAt);
            said.Add(version);
        }

        return entries;
    }

    private static async Task<Dictionary<(Guid, ListKey), ListLog>> ListsAsync(
        NpgsqlDataReader row, DateTimeOffset then, CancellationToken cancellation)
    {
        var lists = new Dictionary<(Guid, ListKey), List<Listed>>();
        while (await row.ReadAsync(cancellation))
        {
            var key = (row.GetGuid(0), new ListKey(row.GetString(1), row.GetInt16(2)));
            if (!lists.TryGetValue(key, out var listed))
                lists[key] = listed = [];
            var version = VersionRows.ReadList(row, 3);
            if (version.LastRecordedAt > then)
                (version.Last, version.LastRecordedAt) = (version.First, version.RecordedAt);
            listed.Add(version);
        }

        return lists.ToDictionary(l => l.Key, l => new ListLog(l.Value));
    }

    /// <summary>The row does not keep which fields a source emptied.</summary>
    private static Item AsShown(Item item) => item with { Cleared = null };
}

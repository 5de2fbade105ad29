using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>What a move makes of an entry while a batch is applied.</summary>
/// <param name="Said">Everything said of it, by whichever name.</param>
/// <param name="From">Where contents of letters are copied from.</param>
internal sealed record MovedEntry(IReadOnlyList<Said> Said, IReadOnlyList<(PatientState Patient, Guid Entry)> From);

/// <summary>
/// Moves of encounters between a source's patients, or to another key (A45, A42, A50, A51). The logs stay where the source told them;
/// only the rows that are shown go to the new owner. So whoever is connected by moves is loaded and locked together, in further round
/// trips that batches without moves do not make.
/// </summary>
internal static class Moving
{
    private const string EntriesOfPlaces = """
        select p.n, v.entry_id from unnest($1, $2, $3, $4) p (n, source, local_id, key)
        join identifier i on i.source = p.source and i.local_id = p.local_id
        join version v on v.home = i.home and v.identity_id = i.identity_id
          and ((v.item_type = 12 and v.source_key = p.key) or v.item ->> 'encounterKey' = p.key)
        """;

    // An encounter's list has its key as the last part of its name.
    private const string ListsOfPlaces = """
        select distinct p.n, l.list, l.item_type from unnest($1, $2, $3, $4) p (n, source, local_id, key)
        join identifier i on i.source = p.source and i.local_id = p.local_id
        join list_version l on l.home = i.home and l.identity_id = i.identity_id
          and (l.list = p.key or right(l.list, length(p.key) + 1) = '|' || p.key)
        """;

    /// <summary>What is known of the batch's patients and of everybody whom moves connect with them.</summary>
    public static async Task<(IReadOnlyList<PatientState> Patients, Moves Moves)> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<PatientIntake> intakes, ProjectorOptions options, CancellationToken cancellation)
    {
        var asked = intakes.ToDictionary(i => i.Patient);
        var told = intakes.SelectMany(i => i.Moves).ToList();
        while (true)
        {
            // Under the locks of all who are asked for: nobody else can move anything of theirs meanwhile.
            var (patients, stored) = await Knowledge.LoadAsync(connection, [.. asked.Values], options, cancellation);
            var moves = new Moves(stored.Concat(told));
            if (moves.IsEmpty)
                return (patients, moves);
            var partners = moves.Places.Select(p => p.Patient).Distinct().Where(p => !asked.ContainsKey(p)).ToList();
            if (partners.Count == 0 && !await FindEntriesAsync(connection, asked, moves, cancellation))
                return ([.. patients.Where(p => !p.IsNew || intakes.Contains(p.Intake))], moves);
            foreach (var partner in partners)
                asked.Add(partner, new PatientIntake(partner));
        }
    }

    /// <summary>Takes the rows of moved entries from where they were told and gives them to whose they are.</summary>
    public static void Route(IReadOnlyList<PatientState> patients, Moves moves)
    {
        if (moves.IsEmpty)
            return;
        var states = patients.ToDictionary(p => p.Intake.Patient);
        var told = patients.SelectMany(p => p.Entries.Values.Select(e => new ToldEntry(p.Intake.Patient, e.Key, e.Log.Said))).ToList();
        var routed = Routing.Of(moves, told, (patient, list) => states.GetValueOrDefault(patient)?.Lists.GetValueOrDefault(list)?.Latest);
        // Wherever the moves could have left an entry it is gone, and then it is put where it is now.
        foreach (var from in routed.SelectMany(r => r.From))
        {
            Leave(states[from.Patient].Entries[from.Key.Id]);
            foreach (var place in moves.Places)
            {
                if (states.TryGetValue(place.Patient, out var state) && Routing.KeyAt(from, place) is { } key)
                    Leave(EntryOf(state, key));
            }
        }

        foreach (var entry in routed)
        {
            // Of a patient not heard of yet nothing can be shown; when they are, the move is found again.
            if (!states.TryGetValue(entry.Patient, out var owner))
                continue;
            var state = EntryOf(owner, entry.Key);
            state.After = entry.Shown;
            state.Moved = new MovedEntry(entry.Said,
                [.. entry.From.Where(f => f.Key.ItemType == ItemTables.Letter.Number && f.Key.Id != entry.Key.Id).Select(f => (states[f.Patient], f.Key.Id))]);
        }
    }

    private static void Leave(EntryState entry) => (entry.After, entry.Moved) = (null, new MovedEntry([], []));

    private static EntryState EntryOf(PatientState patient, EntryKey key)
    {
        if (!patient.Entries.TryGetValue(key.Id, out var entry))
            patient.Entries[key.Id] = entry = new EntryState(key, new EntryLog());
        return entry;
    }

    /// <summary>Adds to what is asked for; false when there is nothing more.</summary>
    private static async Task<bool> FindEntriesAsync(
        NpgsqlConnection connection, Dictionary<LocalPatient, PatientIntake> asked, Moves moves, CancellationToken cancellation)
    {
        var places = moves.Places.ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[EntriesOfPlaces, ListsOfPlaces])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(
                Arrays.Longs(places.Select((_, n) => (long)n)), Arrays.Texts(places.Select(p => p.Patient.Source)),
                Arrays.Texts(places.Select(p => p.Patient.Id)), Arrays.Texts(places.Select(p => p.Key))));
        }

        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var found = false;
        while (await row.ReadAsync(cancellation))
            found |= AddNew(asked[places[(int)row.GetInt64(0)].Patient].MovedEntries, row.GetGuid(1));
        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found |= AddNew(asked[places[(int)row.GetInt64(0)].Patient].MovedLists, new ListKey(row.GetString(1), row.GetInt16(2)));
        return found;
    }

    private static bool AddNew<T>(List<T> list, T item)
    {
        if (list.Contains(item))
            return false;
        list.Add(item);
        return true;
    }
}

using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>The log: what was said, which lists were sent, which merges were told, and letters' contents.</summary>
internal static class LogWrites
{
    // The conflict is a message read again by a newer adapter: its words are replaced, its place in the log stays.
    private const string Said = """
        insert into version (home, entry_id, source_version, message_id, ordinal, last_version, last_message_id, last_ordinal, last_recorded_at,
          identity_id, item_type, source_key, list, recorded_at, adapter_version, item)
        select v.home, v.entry_id, v.source_version, v.message_id, v.ordinal, v.last_version, v.last_message_id, v.last_ordinal,
          v.last_recorded_at, v.identity_id, v.item_type, v.source_key, v.list, v.recorded_at, v.adapter_version, v.item::json
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
          v (home, entry_id, source_version, message_id, ordinal, last_version, last_message_id, last_ordinal, last_recorded_at,
            identity_id, item_type, source_key, list, recorded_at, adapter_version, item)
        on conflict (home, entry_id, source_version, message_id, ordinal) do update set last_version = excluded.last_version,
          last_message_id = excluded.last_message_id, last_ordinal = excluded.last_ordinal, last_recorded_at = excluded.last_recorded_at,
          list = excluded.list, adapter_version = excluded.adapter_version, item = excluded.item
        """;

    private const string SaidAgain = """
        update version v set last_version = m.last_version, last_message_id = m.last_message_id, last_ordinal = m.last_ordinal,
          last_recorded_at = m.last_recorded_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
          m (home, entry_id, source_version, message_id, ordinal, last_version, last_message_id, last_ordinal, last_recorded_at)
        where v.home = m.home and v.entry_id = m.entry_id and v.source_version = m.source_version and v.message_id = m.message_id
          and v.ordinal = m.ordinal
        """;

    private const string Listed = """
        insert into list_version (home, identity_id, list, item_type, source_version, message_id, last_version, last_message_id,
          last_recorded_at, recorded_at, keys)
        select l.home, l.identity_id, l.list, l.item_type, l.source_version, l.message_id, l.last_version, l.last_message_id,
          l.last_recorded_at, l.recorded_at, string_to_array(l.keys, E'\x1f')
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) l (home, identity_id, list, item_type, source_version, message_id,
          last_version, last_message_id, last_recorded_at, recorded_at, keys)
        on conflict (home, identity_id, list, item_type, source_version, message_id) do update set last_version = excluded.last_version,
          last_message_id = excluded.last_message_id, last_recorded_at = excluded.last_recorded_at, keys = excluded.keys
        """;

    private const string Merges = """
        insert into merge (source, prior_local_id, survivor_local_id, source_version, message_id, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (source, prior_local_id) do update set survivor_local_id = excluded.survivor_local_id,
          source_version = excluded.source_version, message_id = excluded.message_id, recorded_at = excluded.recorded_at
        where (merge.source_version, merge.message_id) <= (excluded.source_version, excluded.message_id)
        """;

    private const string Links = """
        insert into source_link (source, one_local_id, other_local_id, stands, source_version, message_id, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (source, one_local_id, other_local_id) do update set stands = excluded.stands,
          source_version = excluded.source_version, message_id = excluded.message_id, recorded_at = excluded.recorded_at
        where (source_link.source_version, source_link.message_id) <= (excluded.source_version, excluded.message_id)
        """;

    private const string Moves = """
        insert into move (source, prior_local_id, prior_key, owner_local_id, owner_key, source_version, message_id, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
        """;

    private const string LeftDocuments = """
        delete from document d using unnest($1, $2) l (home, entry_id) where d.home = l.home and d.entry_id = l.entry_id
        """;

    // A letter's content is read beside its entry, so it goes where the entry goes; the first copy stays with the log.
    private const string MovedDocuments = """
        insert into document (home, entry_id, hash, content_type, file_name, bytes)
        select m.home, m.entry_id, d.hash, d.content_type, d.file_name, d.bytes
        from unnest($1, $2, $3, $4) m (from_home, from_entry, home, entry_id)
        join document d on d.home = m.from_home and d.entry_id = m.from_entry
        on conflict do nothing
        """;

    private const string Documents = """
        insert into document (home, entry_id, hash, content_type, file_name, bytes) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(IReadOnlyList<PatientState> patients)
    {
        var added = Rows(patients, e => e.Log.Added);
        if (added.Count > 0)
            yield return SaidCommand(added);
        var moved = Rows(patients, e => e.Log.Moved);
        if (moved.Count > 0)
            yield return new NpgsqlBatchCommand(SaidAgain).With(PlaceOf(moved));
        var lists = patients.SelectMany(p => p.Lists.SelectMany(l => l.Value.Added.Union(l.Value.Moved).Select(listed => (p, l.Key, listed)))).ToList();
        if (lists.Count > 0)
            yield return ListedCommand(lists);
        var merges = patients.SelectMany(p => p.Intake.Merges).GroupBy(m => m.Prior).Select(m => m.MaxBy(x => x.Stamp)!).ToList();
        if (merges.Count > 0)
            yield return MergeCommand(merges);
        var links = patients.SelectMany(p => p.Intake.Links).GroupBy(l => (l.One, l.Other)).Select(l => l.MaxBy(x => x.Stamp)!).ToList();
        if (links.Count > 0)
            yield return LinkCommand(links);
        var documents = patients.SelectMany(p => p.Intake.Documents.Select(d => (p, d))).DistinctBy(x => (x.d.EntryId, x.d.Hash)).ToList();
        if (documents.Count > 0)
            yield return DocumentCommand(documents);
        var moves = patients.SelectMany(p => p.Intake.Moves).Distinct().ToList();
        if (moves.Count > 0)
            yield return MoveCommand(moves);
        var left = patients.SelectMany(p => p.Entries.Values.Where(e => e is { Moved: not null, After: null, Log.Said.Count: 0 }).Select(e => (p, e))).ToList();
        if (left.Count > 0)
            yield return new NpgsqlBatchCommand(LeftDocuments).With(Arrays.Ids(left.Select(l => l.p.Home!.Value)), Arrays.Ids(left.Select(l => l.e.Key.Id)));
        var copies = patients.SelectMany(p => p.Entries.Values.SelectMany(e => (e.Moved?.From ?? []).Select(f => (To: (p.Home!.Value, e.Key.Id), From: f)))).ToList();
        if (copies.Count > 0)
            yield return new NpgsqlBatchCommand(MovedDocuments).With(
                Arrays.Ids(copies.Select(c => c.From.Patient.Home!.Value)), Arrays.Ids(copies.Select(c => c.From.Entry)),
                Arrays.Ids(copies.Select(c => c.To.Value)), Arrays.Ids(copies.Select(c => c.To.Id)));
    }

    private static List<(PatientState Patient, EntryState Entry, Said Said)> Rows(
        IReadOnlyList<PatientState> patients, Func<EntryState, IEnumerable<Said>> which) =>
        [.. patients.SelectMany(p => p.Entries.Values.SelectMany(e => which(e).Select(s => (p, e, s))))];

    private static NpgsqlBatchCommand SaidCommand(List<(PatientState Patient, EntryState Entry, Said Said)> rows) =>
        new NpgsqlBatchCommand(Said).With(
        [
            .. PlaceOf(rows),
            Arrays.Ids(rows.Select(r => r.Patient.IdentityId)), Arrays.Smalls(rows.Select(r => r.Entry.Key.ItemType)),
            Arrays.Texts(rows.Select(r => r.Entry.Key.SourceKey)), Arrays.Texts(rows.Select(r => r.Said.List)),
            Arrays.Times(rows.Select(r => r.Said.RecordedAt)), Arrays.Smalls(rows.Select(r => r.Said.AdapterVersion)),
            Arrays.Texts(rows.Select(r => r.Said.Json)),
        ]);

    private static NpgsqlParameter[] PlaceOf(List<(PatientState Patient, EntryState Entry, Said Said)> rows) =>
    [
        Arrays.Ids(rows.Select(r => r.Patient.Home!.Value)), Arrays.Ids(rows.Select(r => r.Entry.Key.Id)),
        Arrays.Times(rows.Select(r => r.Said.First.At)), Arrays.Longs(rows.Select(r => r.Said.First.MessageId)),
        Arrays.Numbers(rows.Select(r => r.Said.First.Ordinal)), Arrays.Times(rows.Select(r => r.Said.Last.At)),
        Arrays.Longs(rows.Select(r => r.Said.Last.MessageId)), Arrays.Numbers(rows.Select(r => r.Said.Last.Ordinal)),
        Arrays.Times(rows.Select(r => r.Said.LastRecordedAt)),
    ];

    private static NpgsqlBatchCommand ListedCommand(List<(PatientState Patient, ListKey Key, Listed Listed)> rows) =>
        new NpgsqlBatchCommand(Listed).With(
            Arrays.Ids(rows.Select(r => r.Patient.Home!.Value)), Arrays.Ids(rows.Select(r => r.Patient.IdentityId)),
            Arrays.Texts(rows.Select(r => r.Key.List)), Arrays.Smalls(rows.Select(r => r.Key.ItemType)),
            Arrays.Times(rows.Select(r => r.Listed.First.At)), Arrays.Longs(rows.Select(r => r.Listed.First.MessageId)),
            Arrays.Times(rows.Select(r => r.Listed.Last.At)), Arrays.Longs(rows.Select(r => r.Listed.Last.MessageId)),
            Arrays.Times(rows.Select(r => r.Listed.LastRecordedAt)), Arrays.Times(rows.Select(r => r.Listed.RecordedAt)),
            Arrays.Joined(rows.Select(r => r.Listed.Keys)));

    private static NpgsqlBatchCommand MergeCommand(List<MergeIntake> merges) => new NpgsqlBatchCommand(Merges).With(
        Arrays.Texts(merges.Select(m => m.Prior.Source)), Arrays.Texts(merges.Select(m => m.Prior.Id)),
        Arrays.Texts(merges.Select(m => m.Survivor.Id)), Arrays.Times(merges.Select(m => m.Stamp.At)),
        Arrays.Longs(merges.Select(m => m.Stamp.MessageId)), Arrays.Times(merges.Select(m => m.RecordedAt)));

    private static NpgsqlBatchCommand LinkCommand(List<LinkIntake> links) => new NpgsqlBatchCommand(Links).With(
        Arrays.Texts(links.Select(l => l.One.Source)), Arrays.Texts(links.Select(l => l.One.Id)), Arrays.Texts(links.Select(l => l.Other.Id)),
        Arrays.YesNos(links.Select(l => (bool?)l.Stands)), Arrays.Times(links.Select(l => l.Stamp.At)),
        Arrays.Longs(links.Select(l => l.Stamp.MessageId)), Arrays.Times(links.Select(l => l.RecordedAt)));

    private static NpgsqlBatchCommand MoveCommand(List<Move> moves) => new NpgsqlBatchCommand(Moves).With(
        Arrays.Texts(moves.Select(m => m.Prior.Patient.Source)), Arrays.Texts(moves.Select(m => m.Prior.Patient.Id)),
        Arrays.Texts(moves.Select(m => m.Prior.Key)), Arrays.Texts(moves.Select(m => m.Owner.Patient.Id)),
        Arrays.Texts(moves.Select(m => m.Owner.Key)), Arrays.Times(moves.Select(m => m.Stamp.At)),
        Arrays.Longs(moves.Select(m => m.Stamp.MessageId)), Arrays.Times(moves.Select(m => m.RecordedAt)));

    private static NpgsqlBatchCommand DocumentCommand(
        List<(PatientState Patient, (Guid EntryId, string Hash, Record.Sections.Document Content) Document)> rows) =>
        new NpgsqlBatchCommand(Documents).With(
            Arrays.Ids(rows.Select(r => r.Patient.Home!.Value)), Arrays.Ids(rows.Select(r => r.Document.EntryId)),
            Arrays.Texts(rows.Select(r => r.Document.Hash)), Arrays.Texts(rows.Select(r => Storable.Text(r.Document.Content.ContentType))),
            Arrays.Texts(rows.Select(r => r.Document.Content.FileName is { } name ? Storable.Text(name) : null)),
            Arrays.Bytes(rows.Select(r => r.Document.Content.Bytes)));
}

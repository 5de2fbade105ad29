using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>A source's patient that we know of.</summary>
internal sealed record Member(LocalPatient Patient, Guid Id, Guid Home);

/// <summary>The crosswalk's word on a patient.</summary>
internal sealed record PatientMap(string Cutover, int Load, LocalPatient Old, LocalPatient New, DateTimeOffset? DrainedAt);

/// <summary>
/// Whose entries may cover whose: the patients merged with those that changed, those the crosswalk names for them, and so on until nobody
/// new is found. One round trip for patients of whom nothing of the kind is known.
/// </summary>
internal sealed class Relations
{
    private const string Around = """
        with recursive c (source, local_id) as (
          select * from unnest($1, $2)
          union
          select c.source, o.local_id from c cross join lateral (
            select m.survivor_local_id from merge m where m.source = c.source and m.prior_local_id = c.local_id
            union all
            select m.prior_local_id from merge m where m.source = c.source and m.survivor_local_id = c.local_id) o (local_id))
        """;

    private const string Members = $"""
        {Around}
        select c.source, c.local_id, i.identity_id, i.home from c left join identifier i on i.source = c.source and i.local_id = c.local_id
        """;

    private const string Merges = $"""
        {Around}
        select m.source, m.prior_local_id, m.survivor_local_id, m.source_version, m.message_id
        from c join merge m on m.source = c.source and m.prior_local_id = c.local_id
        """;

    private const string Maps = $"""
        {Around}
        select t.id, t.crosswalk, t.old_source, w.old_id, t.new_source, w.new_id, t.drained_at
        from cutover t join c on c.source = t.old_source
        join crosswalk w on w.cutover = t.id and w.load = t.crosswalk and w.kind = 'patient' and w.old_id = c.local_id
        union
        select t.id, t.crosswalk, t.old_source, w.old_id, t.new_source, w.new_id, t.drained_at
        from cutover t join c on c.source = t.new_source
        join crosswalk w on w.cutover = t.id and w.kind = 'patient' and w.new_id = c.local_id and w.load = t.crosswalk
        """;

    private const string InCutover = "select exists (select from cutover where old_source = any ($1) or new_source = any ($1))";

    private readonly Dictionary<LocalPatient, KnownMerge> _merges = [];

    /// <summary>Everybody found, whether we have heard of them or not.</summary>
    public HashSet<LocalPatient> Locals { get; } = [];

    public Dictionary<LocalPatient, Member> Known { get; } = [];

    public HashSet<PatientMap> PatientMaps { get; } = [];

    public MergeChains Chains => new(_merges.Values);

    /// <summary>Nobody here is merged or mapped, so nothing can cover anything.</summary>
    public bool IsEmpty => _merges.Count == 0 && PatientMaps.Count == 0;

    /// <summary>Those whose entries may cover or be covered: of a batch of whom one is merged or mapped, not the others.</summary>
    public IReadOnlyCollection<Member> Related
    {
        get
        {
            var named = _merges.Values.SelectMany(m => (LocalPatient[])[m.PriorPatient, m.SurvivorPatient])
                .Concat(PatientMaps.SelectMany(m => (LocalPatient[])[m.Old, m.New])).ToHashSet();
            return [.. Known.Values.Where(m => named.Contains(m.Patient))];
        }
    }

    /// <summary>A source of theirs is part of a cutover, whose crosswalk may be changing just now.</summary>
    public bool MayBeMapped { get; private set; }

    public static async Task<Relations> ExploreAsync(
        NpgsqlConnection connection, IEnumerable<LocalPatient> patients, IEnumerable<NpgsqlBatchCommand> locks, CancellationToken cancellation)
    {
        var relations = new Relations();
        var fresh = patients.Distinct().ToList();
        var first = locks.ToList();
        while (fresh.Count > 0)
        {
            await relations.StepAsync(connection, fresh, first, cancellation);
            first = [];
            fresh = [.. relations.PatientMaps.SelectMany(m => (LocalPatient[])[m.Old, m.New]).Distinct().Where(p => !relations.Locals.Contains(p))];
        }

        return relations;
    }

    private async Task StepAsync(
        NpgsqlConnection connection, List<LocalPatient> patients, List<NpgsqlBatchCommand> locks, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in locks)
            batch.BatchCommands.Add(command);
        foreach (var sql in (string[])[Members, Merges, Maps])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(
                Arrays.Texts(patients.Select(p => p.Source)), Arrays.Texts(patients.Select(p => p.Id))));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(InCutover).With(Arrays.Texts(patients.Select(p => p.Source).Distinct())));

        await batch.PrepareAsync(cancellation);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 0; i < locks.Count; i++)
            await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var patient = new LocalPatient(row.GetString(0), row.GetString(1));
            Locals.Add(patient);
            if (!row.IsDBNull(2))
                Known[patient] = new Member(patient, row.GetGuid(2), row.GetGuid(3));
        }

        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var merge = new KnownMerge(row.GetString(0), row.GetString(1), row.GetString(2), new Stamp(Cell.Instant(row, 3), row.GetInt64(4), 0));
            _merges[merge.PriorPatient] = merge;
        }

        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            PatientMaps.Add(new PatientMap(
                row.GetString(0), row.GetInt32(1), new(row.GetString(2), row.GetString(3)), new(row.GetString(4), row.GetString(5)),
                row.IsDBNull(6) ? null : Cell.Instant(row, 6)));
        }

        await row.NextResultAsync(cancellation);
        await row.ReadAsync(cancellation);
        MayBeMapped |= row.GetBoolean(0);
    }
}

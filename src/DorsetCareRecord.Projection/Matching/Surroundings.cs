using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>A merge as stored or as just told.</summary>
internal sealed record KnownMerge(string Source, string Prior, string Survivor, Stamp Stamp)
{
    public LocalPatient PriorPatient => new(Source, Prior);

    public LocalPatient SurvivorPatient => new(Source, Survivor);
}

/// <summary>A source's word on whether two of its patients are one person, as stored or as just told.</summary>
internal sealed record KnownLink(LocalPatient One, LocalPatient Other, bool Stands, Stamp Stamp);

/// <summary>A pair that waits for a human.</summary>
internal readonly record struct OpenReview(Guid Id, Doubt Doubt);

/// <summary>
/// Everybody who may be the same person as somebody whose traits changed: those with the same NHS number, those merged or ruled
/// with them, and so on until nobody new is found. Usually one round trip.
/// </summary>
internal sealed class Surroundings
{
    private const string Mine = """
        with mine as (
          select t.identity_id from trait t where t.nhs_number = any ($1)
          union select h.identity_id from former_number h where h.nhs_number = any ($1)
          union select unnest($2)
          union select i.identity_id from unnest($3, $4) k (source, local_id)
            join identifier i on i.source = k.source and i.local_id = k.local_id)
        """;

    private const string SelectNode = """
        select d.id, d.source, d.local_id, d.own_person_id, d.first_seen_at, d.home, l.id, l.person_id,
          t.nhs_number, t.nhs_number_status, t.born_on, t.family_keys, t.given_key, t.family_name, t.given_names, t.gender, t.postcode, t.deceased,
          (select array_agg(h.nhs_number) from former_number h where h.home = d.home and h.identity_id = d.id)
        """;

    private const string Nodes = $"""
        {Mine}
        {SelectNode}
        from mine join identity d on d.id = mine.identity_id
        join trait t on t.identity_id = d.id
        left join person_link l on l.identity_id = d.id and l.ended_at is null
        """;

    private const string Neighbourhood = $"""
        {Mine},
        locals as (
          select d.source, d.local_id from mine join identity d on d.id = mine.identity_id
          union select source, local_id from unnest($3, $4) k (source, local_id))
        """;

    private const string Merges = $"""
        {Neighbourhood}
        select m.source, m.prior_local_id, m.survivor_local_id, m.source_version, m.message_id
        from locals l join merge m on m.source = l.source and m.prior_local_id = l.local_id
        union
        select m.source, m.prior_local_id, m.survivor_local_id, m.source_version, m.message_id
        from locals l join merge m on m.source = l.source and m.survivor_local_id = l.local_id
        """;

    private const string Links = $"""
        {Neighbourhood}
        select k.source, k.one_local_id, k.other_local_id, k.stands, k.source_version, k.message_id
        from locals l join source_link k on k.source = l.source and k.one_local_id = l.local_id
        union
        select k.source, k.one_local_id, k.other_local_id, k.stands, k.source_version, k.message_id
        from locals l join source_link k on k.source = l.source and k.other_local_id = l.local_id
        """;

    private const string Reviews = $"""
        {Mine}
        select r.id, r.identity_id, r.other_identity_id, r.evidence, r.decision from mine join review r on r.identity_id = mine.identity_id
        where r.decided_at is null or (r.decision in ('same', 'apart') and r.lifted_at is null)
        union
        select r.id, r.identity_id, r.other_identity_id, r.evidence, r.decision from mine join review r on r.other_identity_id = mine.identity_id
        where r.decided_at is null or (r.decision in ('same', 'apart') and r.lifted_at is null)
        """;

    // Babies have each other's birth date and surname and often no address of their own.
    private const string Neighbours = $"""
        {SelectNode}
        from unnest($1, $2, $3, $4) k (born_on, postcode, family_keys, is_newborn)
        join trait t on t.born_on = k.born_on and (t.postcode = k.postcode
          or ((k.is_newborn or t.nhs_number_status = '08' or (t.given_key is null and t.given_names is not null))
            and t.family_keys && string_to_array(k.family_keys, E'\x1f')))
        join identity d on d.id = t.identity_id
        left join person_link l on l.identity_id = d.id and l.ended_at is null
        where not t.identity_id = any ($5)
        """;

    private readonly HashSet<string> _numbers = [];
    private readonly HashSet<Guid> _asked = [];
    private readonly HashSet<LocalPatient> _locals = [];

    public Dictionary<Guid, Node> Found { get; } = [];

    /// <summary>Every number asked for.</summary>
    public IReadOnlyCollection<string> Numbers => _numbers;

    /// <summary>Every local id asked for or found.</summary>
    public IReadOnlyCollection<LocalPatient> Locals => _locals;

    /// <summary>More than a shared number connects somebody found.</summary>
    public bool LeadsFurther => KnownMerges.Count > 0 || KnownLinks.Count > 0 || Rulings.Count > 0 || Found.Values.Any(n => n.FormerNumbers.Count > 0);

    /// <summary>By source and prior.</summary>
    public Dictionary<LocalPatient, KnownMerge> KnownMerges { get; } = [];

    /// <summary>By the pair.</summary>
    public Dictionary<(LocalPatient One, LocalPatient Other), KnownLink> KnownLinks { get; } = [];

    public HashSet<Ruling> Rulings { get; } = [];

    public HashSet<OpenReview> Open { get; } = [];

    public List<Node> Alike { get; } = [];

    /// <summary>Everything the sources said of who went over into whom, as it stands.</summary>
    public MergeChains Chains => new(KnownMerges.Values);

    /// <summary>Merges and links of identities that exist.</summary>
    public IReadOnlyCollection<MergeEdge> MergeEdges()
    {
        var existing = Found.Values.ToDictionary(n => new LocalPatient(n.Source, n.LocalId), n => n.IdentityId);
        return
        [
            .. Chains.Edges(existing),
            .. KnownLinks.Values.Where(l => l.Stands && l.One != l.Other && existing.ContainsKey(l.One) && existing.ContainsKey(l.Other))
                .Select(l => new MergeEdge(existing[l.One], existing[l.Other], IsLink: true)),
        ];
    }

    /// <summary>The newest word on a prior patient stands.</summary>
    public void Add(KnownMerge merge)
    {
        var prior = new LocalPatient(merge.Source, merge.Prior);
        if (!KnownMerges.TryGetValue(prior, out var known) || known.Stamp < merge.Stamp)
            KnownMerges[prior] = merge;
    }

    /// <summary>The newest word on a pair stands.</summary>
    public void Add(KnownLink link)
    {
        if (!KnownLinks.TryGetValue((link.One, link.Other), out var known) || known.Stamp < link.Stamp)
            KnownLinks[(link.One, link.Other)] = link;
    }

    /// <summary>Looks from these on outwards, until nobody new is found.</summary>
    public async Task ExploreAsync(
        NpgsqlConnection connection, IEnumerable<string> numbers, IEnumerable<Guid> identities, IEnumerable<LocalPatient> locals,
        IEnumerable<NpgsqlBatchCommand> locks, CancellationToken cancellation)
    {
        var first = locks.ToList();
        var (newNumbers, newIds, newLocals) = (Fresh(_numbers, numbers), Fresh(_asked, identities), Fresh(_locals, locals));
        while (newNumbers.Count + newIds.Count + newLocals.Count > 0)
        {
            await StepAsync(connection, newNumbers, newIds, newLocals, first, cancellation);
            first.Clear();
            foreach (var node in Found.Values)
            {
                _asked.Add(node.IdentityId);
                _locals.Add(new(node.Source, node.LocalId));
            }

            newNumbers = Fresh(_numbers, Found.Values.Select(n => n.Trait.NhsNumber).OfType<string>()
                .Concat(Found.Values.SelectMany(n => n.FormerNumbers)));
            newIds = Fresh(_asked, Rulings.SelectMany(r => (Guid[])[r.IdentityId, r.OtherIdentityId]));
            newLocals = Fresh(_locals, KnownMerges.Values.SelectMany(
                m => (LocalPatient[])[new(m.Source, m.Prior), new(m.Source, m.Survivor)])
                .Concat(KnownLinks.Values.SelectMany(l => (LocalPatient[])[l.One, l.Other])));
        }
    }

    /// <summary>Finds those outside who share a birth date, and a postcode or a baby's surname, with one inside.</summary>
    public async Task LookAroundAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var people = Found.Values.Select(n => n.Trait).Where(t => t.BirthDay is not null)
            .Select(t => (t.BirthDay, t.Postcode, Family: string.Join('\u001f', t.FamilyKeys), t.IsNewborn)).Distinct().ToList();
        if (people.Count == 0)
            return;

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Neighbours).With(
            Arrays.Texts(people.Select(p => p.BirthDay)), Arrays.Texts(people.Select(p => p.Postcode)), Arrays.Texts(people.Select(p => p.Family)),
            Arrays.YesNos(people.Select(p => (bool?)p.IsNewborn)), Arrays.Ids(Found.Keys)));
        await batch.PrepareAsync(cancellation);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var seen = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
        {
            if (seen.Add(reader.GetGuid(0)))
                Alike.Add(NodeOf(reader));
        }
    }

    private async Task StepAsync(
        NpgsqlConnection connection, List<string> numbers, List<Guid> ids, List<LocalPatient> locals, List<NpgsqlBatchCommand> locks,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in locks)
            batch.BatchCommands.Add(command);
        foreach (var sql in (string[])[Nodes, Merges, Links, Reviews])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(
                Arrays.Texts(numbers), Arrays.Ids(ids), Arrays.Texts(locals.Select(l => l.Source)), Arrays.Texts(locals.Select(l => l.Id))));
        }

        await batch.PrepareAsync(cancellation);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 0; i < locks.Count; i++)
            await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            Found.TryAdd(reader.GetGuid(0), NodeOf(reader));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            Add(new KnownMerge(reader.GetString(0), reader.GetString(1), reader.GetString(2),
                new Stamp(Cell.Instant(reader, 3), reader.GetInt64(4), 0)));
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            Add(new KnownLink(new(reader.GetString(0), reader.GetString(1)), new(reader.GetString(0), reader.GetString(2)), reader.GetBoolean(3),
                new Stamp(Cell.Instant(reader, 4), reader.GetInt64(5), 0)));
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (one, other) = (reader.GetGuid(1), reader.GetGuid(2));
            if (Cell.TextOrNull(reader, 4) is { } decision)
                Rulings.Add(new Ruling(one, other, decision == "same"));
            else
                Open.Add(new OpenReview(reader.GetGuid(0), new Doubt(one, other, reader.GetString(3))));
        }
    }

    private static Node NodeOf(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3))
    {
        FirstSeenAt = Cell.Instant(row, 4),
        Home = row.GetGuid(5),
        LinkId = row.IsDBNull(6) ? null : row.GetGuid(6),
        PersonId = row.IsDBNull(7) ? null : row.GetGuid(7),
        Trait = TraitRows.Read(row, 8),
        FormerNumbers = row.IsDBNull(18) ? [] : row.GetFieldValue<string[]>(18),
    };

    private static List<T> Fresh<T>(HashSet<T> seen, IEnumerable<T> some) => [.. some.Where(seen.Add)];
}

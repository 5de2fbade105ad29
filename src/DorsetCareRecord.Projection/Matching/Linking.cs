using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>
/// Works out who is who again, after traits or merges changed: reads everybody concerned, decides by pure functions, and says
/// what to write. Identities seen for the first time get their home here: that of the person they turn out to be.
/// </summary>
internal static class Linking
{
    public static async Task<LinkChanges> AfterBatchAsync(
        NpgsqlConnection connection, IReadOnlyList<PatientState> batch, ProjectorOptions options, DateTimeOffset at, CancellationToken cancellation)
    {
        var changed = batch.Where(p => p.NeedsMatching).ToList();
        if (changed.Count == 0)
            return LinkChanges.None;

        var locals = changed.SelectMany(p => p.Intake.Relatives.Prepend(p.Intake.Patient)).ToHashSet();
        var numbers = changed.SelectMany(p => (string?[])[p.TraitBefore.NhsNumber, p.Trait.NhsNumber, .. (p.FormerNumbers ?? []).Select(n => n.Number)])
            .OfType<string>().ToHashSet();
        var around = options.Alone
            ? await ExploreAsync([])
            : await ExploreLockedAsync(LockKeys(changed, numbers, locals), ExploreAsync);
        foreach (var patient in changed)
            Overlay(around, patient);
        await around.LookAroundAsync(connection, cancellation);

        var changes = Decide(around, at);
        foreach (var patient in changed)
            patient.Home = around.Found[patient.IdentityId].Home;
        return changes;

        async Task<Surroundings> ExploreAsync(IReadOnlyList<NpgsqlBatchCommand> locks)
        {
            var found = new Surroundings();
            foreach (var merge in changed.SelectMany(p => p.Intake.Merges))
                found.Add(new KnownMerge(merge.Prior.Source, merge.Prior.Id, merge.Survivor.Id, merge.Stamp));
            foreach (var link in changed.SelectMany(p => p.Intake.Links))
                found.Add(new KnownLink(link.One, link.Other, link.Stands, link.Stamp));
            // New ones too: in a rebuild a human's word on somebody is there before the first message about them.
            await found.ExploreAsync(connection, numbers, changed.Select(p => p.IdentityId), locals, locks, cancellation);
            return found;
        }
    }

    /// <summary>
    /// Everybody found is ours until we commit. A look without locks says whom to lock, and all are locked in one order, so that
    /// rings of waiting are rare; then the look that counts. Should it find somebody new (a merge told meanwhile), one transaction at
    /// a time locks those as well and looks again, until it finds nobody it has not locked.
    /// </summary>
    private static async Task<Surroundings> ExploreLockedAsync(
        HashSet<long> keys, Func<IReadOnlyList<NpgsqlBatchCommand>, Task<Surroundings>> exploreAsync)
    {
        var around = await exploreAsync([]);
        keys.UnionWith(KeysOf(around));
        around = await exploreAsync([.. Locks.OfMatching(keys)]);
        while (KeysOf(around).Where(keys.Add).ToList() is { Count: > 0 } more)
            around = await exploreAsync([.. Locks.OfFurther(more)]);
        return around;
    }

    /// <summary>A shared number is locked by that number; merges and rulings lead to patients that may have none.</summary>
    private static HashSet<long> KeysOf(Surroundings around) => around.LeadsFurther ? LockKeys([], around.Numbers, around.Locals) : [];

    /// <summary>The same after a human's ruling on these identities.</summary>
    public static async Task<LinkChanges> AfterRulingAsync(
        NpgsqlConnection connection, IEnumerable<Guid> identities, DateTimeOffset at, CancellationToken cancellation)
    {
        var around = new Surroundings();
        await around.ExploreAsync(connection, [], identities, [], [], cancellation);
        await around.LookAroundAsync(connection, cancellation);
        return Decide(around, at);
    }

    private static LinkChanges Decide(Surroundings around, DateTimeOffset at)
    {
        var merges = around.MergeEdges();
        var components = Partition.Of(around.Found.Values, merges, around.Rulings);
        foreach (var component in components)
            Place(component);
        var doubts = Doubts.Of(components, merges, around.Rulings, around.Alike);
        var contradicted = doubts.Where(d => d.Evidence == Doubts.MergeContradicted)
            .SelectMany(d => (Guid[])[d.One, d.Other]).ToHashSet();
        return LinkChanges.Between(components, doubts, around.Open, at) with
        {
            ContradictedPriors = contradicted,
            RefusedMerges = around.Chains.Refused.Select(m => m.Stamp.MessageId).ToHashSet(),
        };
    }

    /// <summary>What the batch is about to write, laid over what the database has.</summary>
    private static void Overlay(Surroundings around, PatientState patient)
    {
        if (!around.Found.TryGetValue(patient.IdentityId, out var node))
        {
            node = new Node(patient.IdentityId, patient.Intake.Patient.Source, patient.Intake.Patient.Id, patient.OwnPersonId)
            {
                Home = patient.Home,
                FirstSeenAt = patient.Intake.SeenAt,
            };
            around.Found.Add(node.IdentityId, node);
        }

        node.Trait = patient.Trait;
        if (patient.FormerNumbers is { } former)
            node.FormerNumbers = [.. former.Select(n => n.Number)];
        if (patient.Intake.SeenAt < node.FirstSeenAt)
            node.FirstSeenAt = patient.Intake.SeenAt;
    }

    private static void Place(Component component)
    {
        var home = component.Members.FirstOrDefault(m => m.Home is not null)?.Home ?? component.Members[0].IdentityId;
        foreach (var node in component.Members)
            node.Home ??= home;
    }

    /// <summary>Whoever else changes one of these numbers, birthdays or local ids waits until we have committed.</summary>
    private static HashSet<long> LockKeys(IEnumerable<PatientState> changed, IEnumerable<string> numbers, IEnumerable<LocalPatient> locals) =>
    [
        .. numbers.Select(n => NameIds.Lock("number", n)),
        .. locals.Select(l => NameIds.Lock("local", l.Source, l.Id)),
        .. changed.SelectMany(p => (Trait[])[p.TraitBefore, p.Trait]).Where(t => t.BirthDay is not null)
            .Select(t => NameIds.Lock("birthday", t.BirthDay!)),
    ];
}

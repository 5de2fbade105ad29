using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>
/// Which of a source's patients went over into which: a pure function of everything the source said, taken in the order of its own
/// times and not of arrival. A merge the other way round takes the earlier one's place (the source corrected its direction); one
/// that would close a longer ring is refused, because in a ring nobody survives.
/// </summary>
internal sealed class MergeChains
{
    private readonly Dictionary<LocalPatient, KnownMerge> _ofPrior = [];
    private readonly List<KnownMerge> _refused = [];

    public MergeChains(IEnumerable<KnownMerge> merges)
    {
        foreach (var merge in merges.OrderBy(m => m.Stamp).ThenBy(m => m.Prior, StringComparer.Ordinal))
            Add(merge);
    }

    public IReadOnlyCollection<KnownMerge> Standing => _ofPrior.Values;

    public IReadOnlyCollection<KnownMerge> Refused => _refused;

    /// <summary>The patient at the end of the chain; the same patient when it went over into nobody.</summary>
    public LocalPatient SurvivorOf(LocalPatient patient)
    {
        while (_ofPrior.TryGetValue(patient, out var merge))
            patient = merge.SurvivorPatient;
        return patient;
    }

    /// <summary>
    /// Pairs that merges join, of identities that exist: each prior with its survivor. Of a patient nobody has spoken of yet, those on
    /// either side are joined past it, so that A, gone over into B, gone over into C, is C although B never came.
    /// </summary>
    public IReadOnlyCollection<MergeEdge> Edges(IReadOnlyDictionary<LocalPatient, Guid> existing)
    {
        var edges = new HashSet<MergeEdge>();
        var standIn = new Dictionary<LocalPatient, Guid>();
        foreach (var merge in Standing.OrderBy(m => m.Prior, StringComparer.Ordinal))
        {
            if (!existing.TryGetValue(merge.PriorPatient, out var prior))
                continue;
            var next = merge.SurvivorPatient;
            while (!existing.ContainsKey(next) && _ofPrior.TryGetValue(next, out var further))
                next = further.SurvivorPatient;
            // Two that went over into the same unknown patient are each other's: the first stands in for it.
            var survivor = existing.TryGetValue(next, out var known) ? known : standIn.GetValueOrDefault(next, prior);
            if (survivor != prior)
                edges.Add(new MergeEdge(survivor, prior));
            standIn.TryAdd(next, survivor);
        }

        return edges;
    }

    private void Add(KnownMerge merge)
    {
        // Its own survivor: it is nobody else any more (A37), whatever was said before.
        if (merge.PriorPatient == merge.SurvivorPatient)
        {
            _ofPrior.Remove(merge.PriorPatient);
            return;
        }

        if (_ofPrior.TryGetValue(merge.SurvivorPatient, out var reverse) && reverse.SurvivorPatient == merge.PriorPatient)
            _ofPrior.Remove(merge.SurvivorPatient);
        if (Passes(merge.SurvivorPatient, merge.PriorPatient))
            _refused.Add(merge);
        else
            _ofPrior[merge.PriorPatient] = merge;
    }

    /// <summary>
    /// Does the way from here lead by this patient, wherever that one itself has gone? A new merge takes the place of the prior's
    /// former one, so it is not enough to look at where the way ends.
    /// </summary>
    private bool Passes(LocalPatient from, LocalPatient patient)
    {
        while (from != patient)
        {
            if (!_ofPrior.TryGetValue(from, out var merge))
                return false;
            from = merge.SurvivorPatient;
        }

        return true;
    }
}

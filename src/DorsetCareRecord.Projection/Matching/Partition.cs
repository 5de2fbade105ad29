using DorsetCareRecord.Projection.Merging;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>The identities of one person, and why each is among them.</summary>
/// <param name="Members">Earliest seen first; the first lends its person and its home.</param>
internal sealed record Component(IReadOnlyList<Node> Members, IReadOnlyDictionary<Guid, string> Evidence);

/// <summary>
/// Which identities are one person: the connected components of pairwise agreement, of merges by a source and of what
/// humans ruled. A pure function of the facts as they stand, so it does not matter which came first.
/// </summary>
internal static class Partition
{
    public const string Alone = "no other identity agrees";
    public const string MergedBySource = LinkEvidence.MergedBySource;
    public const string RuledSame = LinkEvidence.RuledSame;

    public static IReadOnlyList<Component> Of(
        IReadOnlyCollection<Node> nodes, IReadOnlyCollection<MergeEdge> merges, IReadOnlyCollection<Ruling> rulings)
    {
        var edges = EdgesOf(nodes, merges, rulings);
        var components = Connected(nodes, edges);

        // A human said apart, and they are still together by way of others: the one set apart keeps only what humans gave it.
        var apart = rulings.Where(r => !r.Same && components.Exists(c => Holds(c, r.IdentityId) && Holds(c, r.OtherIdentityId)))
            .Select(r => r.IdentityId).ToHashSet();
        if (apart.Count > 0)
        {
            edges = [.. edges.Where(e => e.Evidence == RuledSame || (!apart.Contains(e.One) && !apart.Contains(e.Other)))];
            components = Connected(nodes, edges);
        }

        return [.. components.Select(members => new Component(members, EvidenceOf(members, edges)))];
    }

    private static List<Edge> EdgesOf(
        IReadOnlyCollection<Node> nodes, IReadOnlyCollection<MergeEdge> merges, IReadOnlyCollection<Ruling> rulings)
    {
        var byId = nodes.ToDictionary(n => n.IdentityId);
        var edges = new List<Edge>();
        foreach (var sameNumber in nodes.Where(n => n.Trait.NhsNumber is not null).GroupBy(n => n.Trait.NhsNumber))
        {
            var group = sameNumber.ToList();
            for (var i = 0; i < group.Count; i++)
            {
                for (var j = i + 1; j < group.Count; j++)
                {
                    var comparison = Matcher.Compare(group[i].Trait, group[j].Trait);
                    if (comparison.Match == Match.Definite)
                        edges.Add(new(group[i].IdentityId, group[j].IdentityId, comparison.Rule));
                }
            }
        }

        foreach (var merge in merges)
        {
            if (byId.TryGetValue(merge.Survivor, out var survivor) && byId.TryGetValue(merge.Prior, out var prior)
                && !Matcher.Contradict(survivor.Trait, prior.Trait))
            {
                edges.Add(new(merge.Survivor, merge.Prior, merge.IsLink ? LinkEvidence.LinkedBySource : MergedBySource));
            }
        }

        edges.RemoveAll(e => rulings.Any(r => !r.Same && r.Concerns(e.One, e.Other)));
        edges.AddRange(rulings.Where(r => r.Same && byId.ContainsKey(r.IdentityId) && byId.ContainsKey(r.OtherIdentityId))
            .Select(r => new Edge(r.IdentityId, r.OtherIdentityId, RuledSame)));
        return edges;
    }

    private static List<IReadOnlyList<Node>> Connected(IReadOnlyCollection<Node> nodes, List<Edge> edges)
    {
        var root = nodes.ToDictionary(n => n.IdentityId, n => n.IdentityId);

        Guid RootOf(Guid id)
        {
            while (root[id] != id)
                id = root[id] = root[root[id]];
            return id;
        }

        foreach (var edge in edges)
            root[RootOf(edge.One)] = RootOf(edge.Other);
        return
        [
            .. nodes.GroupBy(n => RootOf(n.IdentityId))
                .Select(c => (IReadOnlyList<Node>)[.. c.OrderBy(n => n.FirstSeenAt).ThenBy(n => n.IdentityId)]),
        ];
    }

    private static Dictionary<Guid, string> EvidenceOf(IReadOnlyList<Node> members, List<Edge> edges) => members.ToDictionary(
        m => m.IdentityId,
        m => members.Count == 1
            ? Alone
            : string.Join("; ", edges.Where(e => e.Touches(m.IdentityId)).Select(e => e.Evidence).Distinct().Order(StringComparer.Ordinal)));

    private static bool Holds(IReadOnlyList<Node> component, Guid id) => component.Any(n => n.IdentityId == id);

    private static bool Concerns(this Ruling ruling, Guid one, Guid other) =>
        (ruling.IdentityId == one && ruling.OtherIdentityId == other) || (ruling.IdentityId == other && ruling.OtherIdentityId == one);

    private readonly record struct Edge(Guid One, Guid Other, string Evidence)
    {
        public bool Touches(Guid id) => One == id || Other == id;
    }
}

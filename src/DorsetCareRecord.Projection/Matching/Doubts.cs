namespace DorsetCareRecord.Projection.Matching;

/// <summary>Two identities a human should look at; the smaller id first, so that a pair is one pair.</summary>
internal readonly record struct Doubt
{
    public Doubt(Guid one, Guid other, string evidence) =>
        (One, Other, Evidence) = one.CompareTo(other) < 0 ? (one, other, evidence) : (other, one, evidence);

    public Guid One { get; }

    public Guid Other { get; }

    public string Evidence { get; }
}

/// <summary>Which pairs wait for a human: a pure function, like <see cref="Partition"/>.</summary>
internal static class Doubts
{
    public const string MergeContradicted = "merged by its source; nhs-number or birth date differs";

    /// <param name="components">The persons as they now are.</param>
    /// <param name="merges">Merges the source told of.</param>
    /// <param name="rulings">A pair that was ruled apart is not asked about again.</param>
    /// <param name="neighbours">Identities outside the components that share a birth date and postcode with one inside.</param>
    public static IReadOnlyCollection<Doubt> Of(
        IReadOnlyList<Component> components, IReadOnlyCollection<MergeEdge> merges, IReadOnlyCollection<Ruling> rulings,
        IReadOnlyCollection<Node> neighbours)
    {
        var personOf = components.SelectMany(c => c.Members.Select(m => (m, c))).ToDictionary(x => x.m.IdentityId, x => x.c);
        var doubts = new Dictionary<(Guid, Guid), Doubt>();

        void Raise(Guid one, Guid other, string evidence)
        {
            var doubt = new Doubt(one, other, evidence);
            if (!RuledApart(one, other))
                doubts.TryAdd((doubt.One, doubt.Other), doubt);
        }

        // A ruling on one pair answers for the two persons.
        bool RuledApart(Guid one, Guid other) => rulings.Any(r => !r.Same
            && ((IsOf(r.IdentityId, one) && IsOf(r.OtherIdentityId, other)) || (IsOf(r.IdentityId, other) && IsOf(r.OtherIdentityId, one))));

        bool IsOf(Guid ruled, Guid asked) => ruled == asked
            || (personOf.TryGetValue(ruled, out var person) && personOf.TryGetValue(asked, out var same) && ReferenceEquals(person, same));

        foreach (var merge in merges)
        {
            if (personOf.TryGetValue(merge.Survivor, out var survivors) && personOf.TryGetValue(merge.Prior, out var priors) && !ReferenceEquals(survivors, priors))
                Raise(merge.Survivor, merge.Prior, MergeContradicted);
        }

        SameNumber(components, Raise);
        LookAlike(components, neighbours, Raise);
        return doubts.Values;
    }

    /// <summary>One question for each further person with the number, asked of the earliest: not one for each pair.</summary>
    private static void SameNumber(IReadOnlyList<Component> components, Action<Guid, Guid, string> raise)
    {
        var holders = components.SelectMany(c => c.Members.Where(m => m.Trait.NhsNumber is not null).Select(m => (Node: m, Person: c)));
        foreach (var number in holders.GroupBy(h => h.Node.Trait.NhsNumber))
        {
            var earliest = number.GroupBy(h => h.Person, ReferenceEqualityComparer.Instance).Select(p => p.First().Node)
                .OrderBy(n => n.FirstSeenAt).ThenBy(n => n.IdentityId).ToList();
            foreach (var other in earliest.Skip(1))
                raise(earliest[0].IdentityId, other.IdentityId, Matcher.Compare(earliest[0].Trait, other.Trait).Evidence);
        }
    }

    private static void LookAlike(
        IReadOnlyList<Component> components, IReadOnlyCollection<Node> neighbours, Action<Guid, Guid, string> raise)
    {
        var everybody = components.SelectMany(c => c.Members.Select(m => (Node: m, Person: (Component?)c)))
            .Concat(neighbours.Select(n => (Node: n, Person: (Component?)null)))
            .Where(x => x.Node.Trait.BirthDay is not null && x.Node.Trait.Postcode is not null)
            .ToLookup(x => (x.Node.Trait.BirthDay, x.Node.Trait.Postcode));
        foreach (var (member, person) in components.SelectMany(c => c.Members.Select(m => (m, c))))
        {
            foreach (var (other, otherPerson) in everybody[(member.Trait.BirthDay, member.Trait.Postcode)])
            {
                if (ReferenceEquals(otherPerson, person))
                    continue;
                var comparison = Matcher.Compare(member.Trait, other.Trait);
                if (comparison.Verdict == Verdict.Unsure && comparison.Evidence == Matcher.Similar)
                    raise(member.IdentityId, other.IdentityId, comparison.Evidence);
            }
        }
    }
}

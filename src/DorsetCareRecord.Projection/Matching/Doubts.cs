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
    /// <param name="neighbours">Identities outside the components who share a birth date, and a postcode or a baby's surname, with one inside.</param>
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
        FormerNumber(components, Raise);
        LookAlike(components, neighbours, Raise);
        return doubts.Values;
    }

    /// <summary>
    /// One question for each further person with the number, not one for each pair: asked of the one with the smallest id. Whoever was seen
    /// first would be kinder to ask of, and is another when the same messages come in another order.
    /// </summary>
    private static void SameNumber(IReadOnlyList<Component> components, Action<Guid, Guid, string> raise)
    {
        var holders = components.SelectMany(c => c.Members.Where(m => m.Trait.NhsNumber is not null).Select(m => (Node: m, Person: c)));
        foreach (var number in holders.GroupBy(h => h.Node.Trait.NhsNumber))
        {
            var persons = number.GroupBy(h => h.Person, ReferenceEqualityComparer.Instance).Select(p => p.MinBy(h => h.Node.IdentityId).Node)
                .OrderBy(n => n.IdentityId).ToList();
            foreach (var other in persons.Skip(1))
                raise(persons[0].IdentityId, other.IdentityId, Matcher.Compare(persons[0].Trait, other.Trait).Rule);
        }
    }

    /// <summary>Who had a number that another has now: one question for each two persons.</summary>
    private static void FormerNumber(IReadOnlyList<Component> components, Action<Guid, Guid, string> raise)
    {
        var holders = components.SelectMany(c => c.Members.Where(m => m.Trait.NhsNumber is not null).Select(m => (Node: m, Person: c)))
            .ToLookup(h => h.Node.Trait.NhsNumber!);
        var pairs = new List<Pair>();
        foreach (var (former, person) in components.SelectMany(c => c.Members.Where(m => m.FormerNumbers.Count > 0).Select(m => (m, c))))
        {
            foreach (var (holder, other) in former.FormerNumbers.SelectMany(n => holders[n]))
            {
                if (!ReferenceEquals(person, other) && Matcher.MayBeSuperseded(former.Trait, holder.Trait))
                    pairs.Add(new(KeyOf(person), KeyOf(other), new Doubt(former.IdentityId, holder.IdentityId, Matcher.Superseded)));
            }
        }

        RaiseFirst(pairs, raise);
    }

    private static void LookAlike(
        IReadOnlyList<Component> components, IReadOnlyCollection<Node> neighbours, Action<Guid, Guid, string> raise)
    {
        var everybody = components.SelectMany(c => c.Members.Select(m => (Node: m, Person: KeyOf(c))))
            .Concat(neighbours.Select(n => (Node: n, Person: n.PersonId ?? n.OwnPersonId)))
            .Where(x => x.Node.Trait.BirthDay is not null)
            .ToLookup(x => x.Node.Trait.BirthDay);
        var pairs = new List<Pair>();
        foreach (var (member, person) in components.SelectMany(c => c.Members.Select(m => (m, c))))
        {
            if (member.Trait.BirthDay is null)
                continue;
            foreach (var (other, otherPerson) in everybody[member.Trait.BirthDay])
            {
                if (otherPerson == KeyOf(person) || (member.Trait.NhsNumber is not null && member.Trait.NhsNumber == other.Trait.NhsNumber))
                    continue;
                var comparison = Matcher.Compare(member.Trait, other.Trait);
                if (comparison.Match == Match.Possible)
                    pairs.Add(new(KeyOf(person), otherPerson, new Doubt(member.IdentityId, other.IdentityId, comparison.Rule)));
            }
        }

        RaiseFirst(pairs, raise);
    }

    /// <summary>Of all the pairs of two persons one is asked about, and whichever person is looked at it is the same.</summary>
    private static void RaiseFirst(List<Pair> pairs, Action<Guid, Guid, string> raise)
    {
        foreach (var doubt in pairs.GroupBy(p => p.Persons).Select(g => g.Select(p => p.Doubt).MinBy(d => (d.One, d.Other))))
            raise(doubt.One, doubt.Other, doubt.Evidence);
    }

    private static Guid KeyOf(Component person) => person.Members[0].OwnPersonId;

    private readonly record struct Pair(Guid Person, Guid Other, Doubt Doubt)
    {
        /// <summary>The same for both directions.</summary>
        public (Guid, Guid) Persons => Person.CompareTo(Other) < 0 ? (Person, Other) : (Other, Person);
    }
}

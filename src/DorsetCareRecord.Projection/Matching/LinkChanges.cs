namespace DorsetCareRecord.Projection.Matching;

internal sealed record NewLink(Guid PersonId, Guid IdentityId, Guid Home, DateTimeOffset Since, string Evidence);

internal sealed record EndedLink(Guid Id, string Why);

/// <summary>What has to change so that links and reviews say what the traits say.</summary>
internal sealed record LinkChanges(
    IReadOnlyList<NewLink> Made,
    IReadOnlyList<EndedLink> Ended,
    IReadOnlyList<Doubt> Raised,
    IReadOnlyList<Guid> Resolved,
    IReadOnlySet<Guid> PersonsChanged,
    IReadOnlySet<Guid> ContradictedPriors)
{
    /// <summary>Messages whose merge would close a ring.</summary>
    public IReadOnlySet<long> RefusedMerges { get; init; } = new HashSet<long>();

    public static readonly LinkChanges None = new([], [], [], [], new HashSet<Guid>(), new HashSet<Guid>());

    /// <summary>Compares what should be with what is; pure.</summary>
    /// <param name="components">Every person as it should be; every node has a home.</param>
    /// <param name="doubts">Every pair that should wait for a human.</param>
    /// <param name="open">Every pair that does.</param>
    /// <param name="at">When identities known before are linked anew.</param>
    public static LinkChanges Between(
        IReadOnlyList<Component> components, IReadOnlyCollection<Doubt> doubts, IReadOnlyCollection<OpenReview> open, DateTimeOffset at)
    {
        var (made, ended, persons) = (new List<NewLink>(), new List<EndedLink>(), new HashSet<Guid>());
        foreach (var component in components)
        {
            var person = component.Members[0].OwnPersonId;
            foreach (var node in component.Members.Where(n => n.PersonId != person))
            {
                var evidence = component.Evidence[node.IdentityId];
                if (node.LinkId is { } link)
                {
                    ended.Add(new EndedLink(link, evidence));
                    persons.Add(node.PersonId!.Value);
                }

                made.Add(new NewLink(person, node.IdentityId, node.Home!.Value, node.LinkId is null ? node.FirstSeenAt : at, evidence));
                persons.Add(person);
            }
        }

        var wanted = doubts.ToHashSet();
        var waiting = open.Select(o => o.Doubt).ToHashSet();
        return new LinkChanges(
            made,
            ended,
            [.. wanted.Where(d => !waiting.Contains(d))],
            [.. open.Where(o => !wanted.Contains(o.Doubt)).Select(o => o.Id)],
            persons,
            new HashSet<Guid>());
    }
}

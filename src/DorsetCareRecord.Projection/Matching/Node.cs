namespace DorsetCareRecord.Projection.Matching;

/// <summary>An identity as matching sees it: who it is, and which person it is now.</summary>
internal sealed class Node(Guid identityId, string source, string localId, Guid ownPersonId)
{
    public Guid IdentityId { get; } = identityId;

    public string Source { get; } = source;

    public string LocalId { get; } = localId;

    /// <summary>The person it is when linked to nobody else.</summary>
    public Guid OwnPersonId { get; } = ownPersonId;

    public DateTimeOffset FirstSeenAt { get; set; }

    public Trait Trait { get; set; } = Trait.None;

    /// <summary>NHS numbers its source gave it once and no longer does.</summary>
    public IReadOnlyCollection<string> FormerNumbers { get; set; } = [];

    /// <summary>Null for an identity first seen in this batch, until it is placed.</summary>
    public Guid? Home { get; set; }

    /// <summary>The active link, if it has one.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>The person of the active link.</summary>
    public Guid? PersonId { get; init; }
}

/// <summary>A merge within a source, of two identities that both exist; or a link, of which neither is the survivor.</summary>
internal readonly record struct MergeEdge(Guid Survivor, Guid Prior, bool IsLink = false);

/// <summary>What a human decided of a pair and has not lifted.</summary>
/// <param name="IdentityId">The one the decision was about: when apart, it is the one set apart.</param>
internal readonly record struct Ruling(Guid IdentityId, Guid OtherIdentityId, bool Same);

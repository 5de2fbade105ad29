namespace DorsetCareRecord.Projection.Applying;

/// <summary>What an identity was given when it was first seen; a rebuild gives it the same.</summary>
internal sealed record IdentityOrigin(Guid Home, Guid OwnPersonId);

/// <summary>Where a projector writes: the record, beside others, or a shadow of it that nobody else sees.</summary>
internal sealed record ProjectorOptions
{
    public static readonly ProjectorOptions Live = new();

    /// <summary>Nobody else writes where this one does: it takes no locks and notifies nobody.</summary>
    public bool Alone { get; init; }

    /// <summary>By identity; for identities that are not there, new ones are made.</summary>
    public IReadOnlyDictionary<Guid, IdentityOrigin>? Origins { get; init; }
}

namespace DorsetCareRecord.Projection.Schema;

// The rows of the record's machinery. The rows of its items are described by ItemTables.

/// <summary>Which identity a source's local id is: unique over the county, so it has a table of its own.</summary>
internal sealed record IdentifierRow(string Source, string LocalId, Guid Home, Guid IdentityId);

/// <summary>A patient as one source knows them.</summary>
/// <param name="OwnPersonId">The person this identity is when it is linked to nobody else.</param>
internal sealed record IdentityRow(Guid Home, Guid Id, string Source, string LocalId, DateTimeOffset FirstSeenAt, Guid OwnPersonId);

/// <summary>What matching and search look at: drawn from the identity's demographics, one row an identity.</summary>
internal sealed record TraitRow(
    Guid IdentityId, Guid Home, string? NhsNumber, string? NhsNumberStatus, string? BornOn, string[] FamilyKeys, string? GivenKey,
    string? FamilyName, string? GivenNames, string? Gender, string? Postcode, bool? Deceased);

internal sealed record PersonRow(Guid Id, DateTimeOffset CreatedAt);

/// <summary>This identity is this person: since when, on what evidence. Ending the row is the un-merge.</summary>
internal sealed record PersonLinkRow(
    Guid Id, Guid PersonId, Guid IdentityId, Guid Home, DateTimeOffset Since, string Evidence, string MadeBy,
    DateTimeOffset? EndedAt, string? EndedBy, string? EndedWhy);

/// <summary>An NHS number the source gave once and no longer does, and from when to when it gave it by its own clock.</summary>
internal sealed record FormerNumberRow(
    Guid Home, Guid IdentityId, string NhsNumber, string? Status, DateTimeOffset HeldFrom, DateTimeOffset HeldUntil, long MessageId);

/// <summary>Two identities a human should look at, or has decided on: <c>same</c> or <c>apart</c> until lifted. Matching itself
/// decides <c>resolved</c> when there is nothing left to ask.</summary>
internal sealed record ReviewRow(
    Guid Id, Guid IdentityId, Guid OtherIdentityId, string Evidence, DateTimeOffset RaisedAt, DateTimeOffset? DecidedAt,
    string? DecidedBy, string? Decision, string? Why, DateTimeOffset? LiftedAt, string? LiftedBy, string? LiftedWhy);

/// <summary>What a human said of a pair, each time: <c>same</c>, <c>apart</c> or <c>later</c>; never changed.</summary>
internal sealed record DecisionRow(
    Guid Id, Guid IdentityId, Guid OtherIdentityId, string Decision, DateTimeOffset DecidedAt, string DecidedBy, string Why);

/// <summary>
/// This entry is not shown to readers of a person who is also <paramref name="ByIdentityId"/>: another shows the same, or the newer source
/// speaks for it. Without that identity among the person's the row means nothing, so ending a link or taking a source's word back
/// needs no change here.
/// </summary>
/// <param name="Why"><c>merged</c>, <c>crosswalk</c>, <c>same</c>, <c>picture</c>; <c>closed</c> hides nothing: what was open is shown as closed.</param>
internal sealed record CoverRow(Guid Home, Guid EntryId, Guid ByIdentityId, Guid IdentityId, short ItemType, Guid? ByEntryId, string Why);

/// <summary>The source merged two of its patients; remembered even when it has not spoken of the prior one yet.</summary>
internal sealed record MergeRow(
    string Source, string PriorLocalId, string SurvivorLocalId, DateTimeOffset SourceVersion, DateTimeOffset RecordedAt,
    long MessageId);

/// <summary>The source linked two of its patients, both of whose numbers stay in use, or took that back; the smaller number first.</summary>
internal sealed record SourceLinkRow(
    string Source, string OneLocalId, string OtherLocalId, bool Stands, DateTimeOffset SourceVersion, DateTimeOffset RecordedAt,
    long MessageId);

/// <summary>The source moved an encounter to another of its patients, or gave it another key; every move is kept.</summary>
internal sealed record MoveRow(
    string Source, string PriorLocalId, string PriorKey, string OwnerLocalId, string OwnerKey, DateTimeOffset SourceVersion,
    DateTimeOffset RecordedAt, long MessageId);

/// <summary>
/// One thing a source said of one entry, and until when it went on saying the same: the log that the item tables are the
/// fold of.
/// </summary>
internal sealed record VersionRow(
    Guid Home, Guid EntryId, DateTimeOffset SourceVersion, long MessageId, int Ordinal, DateTimeOffset LastVersion,
    long LastMessageId, int LastOrdinal, DateTimeOffset LastRecordedAt, Guid IdentityId, short ItemType, string SourceKey,
    string? List, DateTimeOffset RecordedAt, short AdapterVersion, string? Item);

/// <summary>One whole list as a source sent it, and until when it went on sending the same.</summary>
internal sealed record ListVersionRow(
    Guid Home, Guid IdentityId, string List, short ItemType, DateTimeOffset SourceVersion, long MessageId,
    DateTimeOffset LastVersion, long LastMessageId, DateTimeOffset LastRecordedAt, DateTimeOffset RecordedAt, string[] Keys);

/// <summary>A letter's content exactly as received.</summary>
internal sealed record DocumentRow(Guid Home, Guid EntryId, string Hash, string ContentType, string? FileName, byte[] Bytes);

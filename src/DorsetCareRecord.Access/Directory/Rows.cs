namespace DorsetCareRecord.Access.Directory;

/// <summary>A partner whose staff may be enabled.</summary>
internal sealed class OrganisationRow
{
    public required string Code { get; set; }
    public required string Ods { get; set; }
    public required string Name { get; set; }

    /// <summary>Not a partner any more: none of its staff get in.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>
/// One organisation's word about a person: enabled, in which role, trained until when. Identity is issuer and subject (OpenID Connect Core 5.7);
/// whoever works for several organisations has a row of each (decision 28).
/// </summary>
internal sealed class AccountRow
{
    public Guid Id { get; set; }

    /// <summary>The provider's issuer, or <c>*</c> for whichever provider this installation trusts.</summary>
    public required string Issuer { get; set; }

    public required string Subject { get; set; }
    public required string Name { get; set; }
    public required string OrganisationCode { get; set; }
    public required string Role { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null while enabled.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public string? DisabledBy { get; set; }

    /// <summary>Last day their training covers; null when none is recorded, and then they do not get in.</summary>
    public DateOnly? TrainedUntil { get; set; }

    /// <summary>Last day of an account given for a time.</summary>
    public DateOnly? ExpiresOn { get; set; }

    /// <summary>Last sign-in, or when an administrator said to keep it.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? SignedInAt { get; set; }
    public Guid? TeamId { get; set; }
}

/// <summary>A site, or a team at it, of an organisation.</summary>
internal sealed class TeamRow
{
    public Guid Id { get; set; }
    public required string OrganisationCode { get; set; }
    public required string Name { get; set; }

    /// <summary>Where it works; null when it is a site itself.</summary>
    public string? Site { get; set; }

    public DateTimeOffset MadeAt { get; set; }
    public required string MadeBy { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? ClosedBy { get; set; }
}

/// <summary>A change that opens something to a whole organisation: one asks, another of the same organisation approves.</summary>
internal sealed class ProposalRow
{
    public Guid Id { get; set; }
    public required string OrganisationCode { get; set; }

    /// <summary><c>share</c> or <c>administrator</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>What exactly, as JSON; it is done as it stands here or not at all.</summary>
    public required string Change { get; set; }

    public required string Why { get; set; }
    public Guid AskedById { get; set; }
    public required string AskedBy { get; set; }
    public DateTimeOffset AskedAt { get; set; }
    public DateTimeOffset LapsesAt { get; set; }
    public Guid? DecidedById { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary><c>approved</c>, <c>refused</c> or <c>taken-back</c>; null while it waits.</summary>
    public string? Outcome { get; set; }
}

/// <summary>A sign-in. The cookie only names it, so ending the row ends the session everywhere at once.</summary>
internal sealed class SessionRow
{
    public Guid Id { get; set; }

    /// <summary>Null while somebody whom several organisations enabled has not said for which they come; it then opens nothing.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>Who vouched for this sign-in.</summary>
    public required string Issuer { get; set; }

    /// <summary>As the issuer knows them.</summary>
    public required string Subject { get; set; }

    /// <summary>The provider's own session (<c>sid</c>), for back-channel sign-out.</summary>
    public string? ProviderSession { get; set; }

    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When they proved who they are, as the provider says; 1970 when it does not.</summary>
    public DateTimeOffset AuthenticatedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A logout token that was heard: it is good once (OpenID Connect Back-Channel Logout 1.0, 2.6).</summary>
internal sealed class LogoutTokenRow
{
    public required string Issuer { get; set; }
    public required string TokenId { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A key of the ring that protects cookies, shared by every portal process.</summary>
internal sealed class ProtectionKeyRow
{
    public required string Id { get; set; }
    public required string Xml { get; set; }
}

/// <summary>
/// One act of one viewer, written before its answer (ISO 27789:2021; GP Connect audit requirements): the actor as they
/// were then, not as they are now. Never updated, never deleted.
/// </summary>
internal sealed class AuditRow
{
    /// <summary>The organisation whose chain it is a link of; <c>-</c> for nobody's, <c>before</c> for rows older than the chains.</summary>
    public required string Chain { get; set; }

    public long Link { get; set; }
    public required byte[] Hash { get; set; }

    /// <summary>Resists clock tampering: order is this, not the time.</summary>
    public long Seq { get; set; }

    public DateTimeOffset OccurredAt { get; set; }
    public required string Action { get; set; }
    public required string Outcome { get; set; }
    public string? Purpose { get; set; }
    public Guid? PersonId { get; set; }
    public required short[] Sections { get; set; }
    public required string[] Rules { get; set; }

    /// <summary>Entry opened (a letter, a report), when the act was about one.</summary>
    public Guid? EntryId { get; set; }

    /// <summary>What a search was for, as typed; nowhere else are these words kept.</summary>
    public string? Searched { get; set; }

    /// <summary>The people a search showed, or the account an administrator changed.</summary>
    public required Guid[] Found { get; set; }

    public Guid? AccountId { get; set; }
    public string? Issuer { get; set; }
    public string? Subject { get; set; }
    public string? Name { get; set; }
    public string? Role { get; set; }
    public string? Organisation { get; set; }
    public Guid? SessionId { get; set; }
    public string? Address { get; set; }
    public string? RequestId { get; set; }
    public required string Version { get; set; }
}

/// <summary>What was on the page of an audited view: entries, and for each the message its version came from.</summary>
internal sealed class ShownRow
{
    public required string Chain { get; set; }
    public long Link { get; set; }
    public required byte[] Hash { get; set; }

    public long AuditSeq { get; set; }
    public int Part { get; set; }
    public required Guid[] Entries { get; set; }
    public required long[] Messages { get; set; }

    /// <summary><c>section:count</c> of what was there and not shown, where that might be known.</summary>
    public required string[] Withheld { get; set; }
}

/// <summary>The end of a chain; locked while a line is added.</summary>
internal sealed class AuditHeadRow
{
    public required string Chain { get; set; }
    public long Link { get; set; }
    public required byte[] Hash { get; set; }
}

namespace DorsetCareRecord.Access.Directory;

// What staff keep for themselves: nothing here is part of anybody's record, and none of it opens one.

/// <summary>A letter one member of staff has opened, in the content they saw: another content is unread again.</summary>
internal sealed class LetterReadRow
{
    public Guid AccountId { get; set; }
    public Guid PersonId { get; set; }
    public Guid EntryId { get; set; }

    /// <summary>Hash of the letter's file; empty when the source sent none.</summary>
    public required string Content { get; set; }

    public DateTimeOffset ReadAt { get; set; }
}

/// <summary>
/// One member of staff with one person's record, from their first look to their last; half an hour without one ends it. So
/// "since I last looked" means the visit before this one, not the click before this one.
/// </summary>
internal sealed class VisitRow
{
    public Guid AccountId { get; set; }
    public Guid PersonId { get; set; }
    public DateTimeOffset BeganAt { get; set; }
    public DateTimeOffset LastAt { get; set; }
}

/// <summary>Somebody says an item is not right: put to the organisation whose source sent it.</summary>
internal sealed class CorrectionRow
{
    public Guid Id { get; set; }
    public Guid PersonId { get; set; }
    public Guid EntryId { get; set; }

    /// <summary>With the entry, the very version that was on the screen.</summary>
    public long MessageId { get; set; }

    public short Section { get; set; }
    public required string Source { get; set; }

    /// <summary>Whose queue it is in.</summary>
    public required string OrganisationCode { get; set; }

    public required string Reason { get; set; }
    public required string Words { get; set; }
    public Guid AccountId { get; set; }
    public required string Name { get; set; }
    public required string ReporterOrganisation { get; set; }
    public DateTimeOffset ReportedAt { get; set; }
}

/// <summary>What became of a correction, in order; the last is its state. A second hand at the same step finds it taken.</summary>
internal sealed class CorrectionStepRow
{
    public Guid CorrectionId { get; set; }
    public int Step { get; set; }
    public required string State { get; set; }
    public string? Words { get; set; }
    public Guid AccountId { get; set; }
    public required string Name { get; set; }
    public required string OrganisationCode { get; set; }
    public DateTimeOffset TakenAt { get; set; }
}

/// <summary>A list of people a member of staff keeps.</summary>
internal sealed class PeopleListRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Name { get; set; }

    /// <summary><c>nobody</c>, or everybody of the keeper's <c>team</c> or <c>organisation</c> who may open records.</summary>
    public required string SharedWith { get; set; }

    public DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class PeopleListMemberRow
{
    public Guid ListId { get; set; }
    public Guid PersonId { get; set; }
    public DateTimeOffset AddedAt { get; set; }
    public Guid AddedBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public Guid? EndedBy { get; set; }
}

/// <summary>What a member of staff asked to be told of the people of a list.</summary>
internal sealed class WishRow
{
    public Guid Id { get; set; }
    public Guid ListId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary><c>admission</c>, <c>discharge</c> or <c>result</c>.</summary>
    public required string Kind { get; set; }

    public DateTimeOffset Since { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>That something was heard which somebody asked for: a pointer, never the words.</summary>
internal sealed class NewsRow
{
    public Guid AccountId { get; set; }
    public Guid EntryId { get; set; }
    public required string Kind { get; set; }
    public Guid PersonId { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset ToldAt { get; set; }
    public DateTimeOffset? SeenAt { get; set; }
}

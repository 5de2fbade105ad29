using DorsetCareRecord.Projection.Merging;

namespace DorsetCareRecord.Access.Reading;

/// <summary>By whose word a record is this person's.</summary>
public enum JoinedBy
{
    /// <summary>Its source merged it with another (A40).</summary>
    Merge = 1,

    /// <summary>Its source linked it with another (A24).</summary>
    Link = 2,

    /// <summary>An operator's ruling.</summary>
    Operator = 3,
}

/// <summary>A source's record was joined to this person by somebody's word (hazard H03): it may have been the wrong one.</summary>
public sealed record Joined(string Source, DateTimeOffset At, JoinedBy By)
{
    /// <summary>A human's word before a source's; null for a record that agrees by itself.</summary>
    internal static JoinedBy? ByOf(string evidence) =>
        evidence.Contains(LinkEvidence.RuledSame, StringComparison.Ordinal) ? JoinedBy.Operator
        : evidence.Contains(LinkEvidence.MergedBySource, StringComparison.Ordinal) ? JoinedBy.Merge
        : evidence.Contains(LinkEvidence.LinkedBySource, StringComparison.Ordinal) ? JoinedBy.Link
        : null;
}

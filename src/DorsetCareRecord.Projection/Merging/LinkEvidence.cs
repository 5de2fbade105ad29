namespace DorsetCareRecord.Projection.Merging;

/// <summary>
/// What <c>person_link.evidence</c> says when a record is a person's by somebody's word and not because it agrees on who they are; several
/// stand in one evidence, separated by "; ".
/// </summary>
public static class LinkEvidence
{
    /// <summary>A40 and its like.</summary>
    public const string MergedBySource = "merged by its source";

    /// <summary>A24.</summary>
    public const string LinkedBySource = "linked by its source";

    public const string RuledSame = "an operator ruled them the same";
}

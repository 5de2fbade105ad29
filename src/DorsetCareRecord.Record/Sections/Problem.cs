using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum ProblemKind
{
    /// <summary>An entry of a problem list (PRB; Condition problem-list-item).</summary>
    Problem = 1,

    /// <summary>A diagnosis of one encounter (DG1; Condition encounter-diagnosis).</summary>
    Diagnosis = 2,
}

public enum ProblemStatus
{
    Active = 1,
    Resolved = 2,

    /// <summary>The source did not say; shown with the active ones and named as such.</summary>
    NotStated = 3,
    EnteredInError = 4,
}

/// <summary>A problem or diagnosis.</summary>
public sealed record Problem : Item
{
    public override Section Section => Section.Problems;
    public required ProblemKind Kind { get; init; }

    /// <summary>The source's own words; the code's display only when it sent none.</summary>
    public required string Text { get; init; }

    public Coding? Coding { get; init; }
    public required ProblemStatus Status { get; init; }
    public ClinicalDate? OnsetOn { get; init; }
    public ClinicalDate? EndedOn { get; init; }
    public ClinicalDate? RecordedOn { get; init; }
    public string? RecordedBy { get; init; }

    /// <summary>Major or minor, primary or secondary, as the source says it.</summary>
    public string? Significance { get; init; }

    /// <summary>Source key of the encounter a diagnosis belongs to.</summary>
    public string? EncounterKey { get; init; }

    public string? Notes { get; init; }
}

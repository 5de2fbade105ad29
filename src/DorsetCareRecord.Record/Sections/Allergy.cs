using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum AllergyStatus
{
    Active = 1,

    /// <summary>Ended or de-labelled: kept, and shown as such.</summary>
    Resolved = 2,
    Refuted = 3,
    EnteredInError = 4,
    NotStated = 5,
}

public enum AllergyKind
{
    Allergy = 1,
    Intolerance = 2,
    NotStated = 3,

    /// <summary>A positive statement that there is none ("no known allergies"), which is a fact of its own.</summary>
    NoKnownAllergies = 4,
}

public enum AllergySeverity
{
    Mild = 1,
    Moderate = 2,
    Severe = 3,
    LifeThreatening = 4,
}

/// <summary>An allergy or intolerance, or the positive statement that none is known (AL1, IAM; AllergyIntolerance).</summary>
public sealed record Allergy : Item
{
    public override Section Section => Section.Allergies;
    public required AllergyKind Kind { get; init; }

    /// <summary>The substance in the source's own words.</summary>
    public required string Substance { get; init; }

    public Coding? Coding { get; init; }
    public string? Reaction { get; init; }
    public AllergySeverity? Severity { get; init; }

    /// <summary>The source's own word for severity where it fits none of ours, or beside ours.</summary>
    public string? SeverityText { get; init; }

    public required AllergyStatus Status { get; init; }
    public ClinicalDate? OnsetOn { get; init; }
    public ClinicalDate? EndedOn { get; init; }
    public ClinicalDate? RecordedOn { get; init; }

    /// <summary>Confirmed, unconfirmed, suspected: as the source says it.</summary>
    public string? Certainty { get; init; }

    public string? Notes { get; init; }
}

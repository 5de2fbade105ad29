using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum FlagKind
{
    Risk = 1,
    Safeguarding = 2,
    ReasonableAdjustment = 3,
    CarePlan = 4,
    Resuscitation = 5,
    Other = 6,

    /// <summary>An order or authorisation under law: deprivation of liberty, guardianship, Court of Protection, a section.</summary>
    Legal = 7,
}

/// <summary>Something every reader must know at first glance (council alert.csv, Z-segments, FHIR Flag).</summary>
public sealed record Flag : Item
{
    public override Section Section => Section.Flags;
    public required FlagKind Kind { get; init; }
    public required string Text { get; init; }
    public Coding? Coding { get; init; }
    public required bool Active { get; init; }
    public ClinicalDate? From { get; init; }
    public ClinicalDate? Until { get; init; }
    public ClinicalDate? ReviewOn { get; init; }
}

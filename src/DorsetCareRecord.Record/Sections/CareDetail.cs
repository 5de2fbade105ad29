using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum CareDetailKind
{
    Assessment = 1,

    /// <summary>Care and support plan; for children also child in need, child protection, looked after, education, health and care.</summary>
    Plan = 2,
    Equipment = 3,

    /// <summary>Where somebody lives or is placed.</summary>
    Accommodation = 4,

    /// <summary>What matters to the person, in their words (PRSB About Me).</summary>
    AboutMe = 5,
    Disability = 6,
    EarlyHelp = 7,

    /// <summary>Enquiry under section 47 of the Children Act 1989.</summary>
    Enquiry = 8,
}

/// <summary>
/// What a council knows of somebody's care that is neither service nor worker: an assessment, a plan, equipment, where they
/// live, what matters to them. Never the content of an assessment or a case note.
/// </summary>
public sealed record CareDetail : Item
{
    public override Section Section => Section.Care;
    public required CareDetailKind Kind { get; init; }

    /// <summary>Which assessment, plan or equipment it is, in words; the heading of what is about the person.</summary>
    public required string Title { get; init; }

    public Coding? Coding { get; init; }
    public string? Category { get; init; }
    public string? Text { get; init; }
    public CareServiceStatus? Status { get; init; }
    public string? Outcome { get; init; }

    /// <summary>Eligible for support after the assessment.</summary>
    public bool? IsEligible { get; init; }

    public ClinicalDate? StartedOn { get; init; }
    public ClinicalDate? ReviewOn { get; init; }
    public ClinicalDate? EndedOn { get; init; }

    /// <summary>The worker who leads, wrote or supplies it.</summary>
    public string? By { get; init; }

    public string? Team { get; init; }
}

using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum MedicineKind
{
    Repeat = 1,
    Acute = 2,
    Hospital = 3,
    Discharge = 4,
    NotStated = 5,
}

public enum MedicineStatus
{
    Active = 1,
    Suspended = 2,
    Completed = 3,
    Stopped = 4,
    NotStated = 5,
    EnteredInError = 6,
}

/// <summary>What a hospital did to a medicine at discharge (PRSB medication change cluster).</summary>
public enum MedicineChange
{
    Started = 1,
    Changed = 2,
    Stopped = 3,
}

/// <summary>A prescribed or taken medicine (RXE/RXO; MedicationStatement with its MedicationRequests).</summary>
public sealed record Medicine : Item
{
    public override Section Section => Section.Medicines;

    /// <summary>Never truncated or abbreviated (CUI MEDi-022). The generic name when the source tells it apart.</summary>
    public required string Name { get; init; }

    public Coding? Coding { get; init; }
    public string? Brand { get; init; }
    public string? Strength { get; init; }
    public string? Form { get; init; }

    /// <summary>Amount with its unit.</summary>
    public string? Dose { get; init; }

    public string? Route { get; init; }
    public string? Frequency { get; init; }
    public string? Duration { get; init; }

    /// <summary>The prescriber's instruction word for word; shown whenever the parts above are missing (hazard H12).</summary>
    public string? DosageText { get; init; }

    public string? Quantity { get; init; }
    public required MedicineKind Kind { get; init; }
    public required MedicineStatus Status { get; init; }
    public ClinicalDate? StartedOn { get; init; }
    public ClinicalDate? EndedOn { get; init; }
    public ClinicalDate? LastIssuedOn { get; init; }

    /// <summary>How many issues of a repeat authorisation were made, and how many it allows.</summary>
    public int? IssuesMade { get; init; }

    public int? IssuesAllowed { get; init; }

    /// <summary>When the authorisation is to be reviewed.</summary>
    public ClinicalDate? AuthorisedUntil { get; init; }

    /// <summary>Why it was stopped or changed, in the source's words.</summary>
    public string? StatusReason { get; init; }

    public string? Prescriber { get; init; }
    public MedicineChange? Change { get; init; }
    public string? ChangeReason { get; init; }
    public string? Notes { get; init; }
}

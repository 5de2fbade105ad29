using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum ImmunisationStatus
{
    Given = 1,

    /// <summary>Offered, declined or contraindicated: the record says that it was not given.</summary>
    NotGiven = 2,
    NotStated = 3,
    EnteredInError = 4,
}

/// <summary>A vaccination given, or stated as not given (RXA of VXU^V04; UKCore-Immunization).</summary>
public sealed record Immunisation : Item
{
    public override Section Section => Section.Immunisations;

    /// <summary>The vaccine or the vaccination in the source's own words.</summary>
    public required string Vaccine { get; init; }

    public Coding? Coding { get; init; }
    public required ImmunisationStatus Status { get; init; }

    /// <summary>What it protects against, where the source says so.</summary>
    public string? Disease { get; init; }

    public ClinicalDate? GivenOn { get; init; }
    public ClinicalDate? RecordedOn { get; init; }

    /// <summary>Amount with its unit.</summary>
    public string? Dose { get; init; }

    /// <summary>Place within the course ("1", "booster"), as sent.</summary>
    public string? DoseNumber { get; init; }

    public string? BatchNumber { get; init; }
    public ClinicalDate? ExpiresOn { get; init; }
    public string? Manufacturer { get; init; }
    public string? Site { get; init; }
    public string? Route { get; init; }
    public string? GivenBy { get; init; }

    /// <summary>Where it was given.</summary>
    public string? Place { get; init; }

    /// <summary>Why it was given, or why not.</summary>
    public string? Reason { get; init; }

    /// <summary>False when the source has it at second hand: told by the patient or another record.</summary>
    public bool? IsFirstHand { get; init; }

    public string? Notes { get; init; }
}

using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum ContactRole
{
    NextOfKin = 1,
    EmergencyContact = 2,
    MainCarer = 3,
    Carer = 4,
    LastingPowerOfAttorney = 5,
    Other = 6,
}

/// <summary>
/// A person around the patient (NK1, relationship.csv, RelatedPerson). Carers are shown under Carers and care providers,
/// all others under Next of kin.
/// </summary>
public sealed record Contact : Item
{
    public override Section Section => Role is ContactRole.MainCarer or ContactRole.Carer ? Section.Care : Section.NextOfKin;
    public required ContactRole Role { get; init; }
    public required string Name { get; init; }

    /// <summary>Daughter, neighbour...: in the source's words.</summary>
    public string? Relationship { get; init; }

    public Coding? Coding { get; init; }
    public string? Telephone { get; init; }
    public string? Mobile { get; init; }
    public string? Email { get; init; }
    public string? Address { get; init; }
    public bool? IsMainContact { get; init; }

    /// <summary>For a power of attorney: health and welfare, or property and finance.</summary>
    public string? Scope { get; init; }

    public ClinicalDate? From { get; init; }
    public ClinicalDate? Until { get; init; }
    public string? Notes { get; init; }
}

using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum CareServiceStatus
{
    Planned = 1,
    Active = 2,
    OnHold = 3,
    Finished = 4,
    NotStated = 5,

    /// <summary>No longer in the source's full extract: not the same as finished.</summary>
    NoLongerSupplied = 6,
}

/// <summary>A care package or service and who provides it (service.csv; CLD service values).</summary>
public sealed record CareService : Item
{
    public override Section Section => Section.Care;
    public required string Service { get; init; }
    public string? Category { get; init; }
    public string? Description { get; init; }
    public string? Provider { get; init; }
    public string? ProviderTelephone { get; init; }

    /// <summary>CQC location id of the provider.</summary>
    public string? ProviderCode { get; init; }

    public decimal? HoursPerWeek { get; init; }
    public string? Frequency { get; init; }

    /// <summary>How it is arranged: a budget the council manages, a direct payment.</summary>
    public string? Arrangement { get; init; }

    public string? Funding { get; init; }
    public required CareServiceStatus Status { get; init; }
    public ClinicalDate? StartedOn { get; init; }
    public ClinicalDate? PlannedEndOn { get; init; }
    public ClinicalDate? EndedOn { get; init; }
    public string? EndReason { get; init; }
}

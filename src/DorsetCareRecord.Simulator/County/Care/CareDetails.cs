namespace DorsetCareRecord.Simulator.County.Care;

/// <summary>What a council knows beside services, workers and alerts.</summary>
internal sealed record CareDetails
{
    public static CareDetails None { get; } = new();

    public IReadOnlyList<CareAssessment> Assessments { get; init; } = [];
    public IReadOnlyList<CarePlan> Plans { get; init; } = [];
    public IReadOnlyList<LegalStatus> LegalStatuses { get; init; } = [];
    public IReadOnlyList<AboutMeEntry> AboutMe { get; init; } = [];
    public IReadOnlyList<EquipmentOnLoan> Equipment { get; init; } = [];
    public IReadOnlyList<Accommodation> Homes { get; init; } = [];
}

/// <param name="Type">CN, CA, HD, OT... (Client Level Data).</param>
internal sealed record CareAssessment(string Id, string Type, DateOnly Started, DateOnly? Ended, string? Outcome, bool? IsEligible, string Team);

internal sealed record CarePlan(
    string Id, string Type, string? Category, string Status, DateOnly Started, DateOnly? Review, DateOnly? Ended, string LeadWorker);

/// <param name="Type">DOLS, DOL, MHA117, COP...</param>
internal sealed record LegalStatus(string Id, string Type, string? Detail, bool IsActive, DateOnly Started, DateOnly? Review, DateOnly? Ended);

internal sealed record AboutMeEntry(string Id, string Heading, string Text, string Author, DateOnly Updated);

internal sealed record EquipmentOnLoan(
    string Id, string Description, string Category, string Status, DateOnly Delivered, DateOnly? Returned, string Supplier);

internal sealed record Accommodation(
    string Id, string Type, string? Tenure, string Address, string Postcode, bool LivesAlone, string? Access, DateOnly Since);

/// <summary>What children's services know of a child: dates and codes, never why.</summary>
internal sealed record ChildRecord
{
    public required string Team { get; init; }
    public required DateOnly Referred { get; init; }
    public required string ReferralSource { get; init; }
    public required string Need { get; init; }
    public required bool IsNoFurtherAction { get; init; }
    public DateOnly? Closed { get; init; }
    public DateOnly? EarlyHelp { get; init; }
    public DateOnly? Enquiry { get; init; }
    public DateOnly? InNeed { get; init; }
    public DateOnly? Protection { get; init; }
    public string? Abuse { get; init; }
    public DateOnly? LookedAfter { get; init; }
    public string? Placement { get; init; }
    public string? LegalStatus { get; init; }
    public string? Disability { get; init; }
}

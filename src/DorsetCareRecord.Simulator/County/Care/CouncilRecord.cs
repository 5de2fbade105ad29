namespace DorsetCareRecord.Simulator.County.Care;

/// <summary>What a council's social care knows of one of its people.</summary>
/// <param name="PersonId">The council's own number.</param>
/// <param name="NhsNumber">Null where the council never got it.</param>
internal sealed record CouncilRecord(
    string Council, string PersonId, string? NhsNumber, IReadOnlyList<CareService> Services,
        IReadOnlyList<Involvement> Involvements,
    IReadOnlyList<CareAlert> Alerts, IReadOnlyList<CareRelation> Relations, IReadOnlyList<Referral> Referrals,
        string? CommunicationNeeds)
{
    public CareDetails Details { get; init; } = CareDetails.None;

    /// <summary>Null for adults, whose services keep files of their own.</summary>
    public ChildRecord? Child { get; init; }
}

internal sealed record CareService(
    string Id, string Category, string Type, string Description, string Provider, string ProviderLocation, string ProviderPhone,
        string Delivery,
    double? HoursPerWeek, string Frequency, DateOnly Started, DateOnly? PlannedEnd, DateOnly? Ended, string? EndReason,
        string Funding, string Status);

internal sealed record Involvement(
    string Id, string Worker, string Role, string Team, string Phone, string Email, bool IsPrimary, DateOnly Started,
        DateOnly? Ended);

internal sealed record CareAlert(
    string Id, string Category, string Type, string Text, bool IsActive, DateOnly Started, DateOnly? Review, DateOnly? Ended,
        string ShareLevel);

/// <param name="Relationship">In words.</param>
/// <param name="Role">NOK, MC (main carer), LPA, NR, ADV.</param>
internal sealed record CareRelation(
    string Id, string Name, string Relationship, string Role, bool IsMainContact, string Phone, string? Email, string Address,
        string? LpaType,
    DateOnly? LpaRegistered, DateOnly? Started);

internal sealed record Referral(
    string Id, DateTime Received, string SourceCode, string Source, string Reason, string Team, string Status, string? Outcome,
        DateOnly? Closed);

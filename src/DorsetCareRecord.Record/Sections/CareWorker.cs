using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

/// <summary>An allocated professional and their team (involvement.csv; CareTeam).</summary>
public sealed record CareWorker : Item
{
    public override Section Section => Section.Care;
    public required string Name { get; init; }
    public string? Role { get; init; }
    public string? Team { get; init; }
    public string? Telephone { get; init; }
    public string? Email { get; init; }
    public bool? IsPrimary { get; init; }
    public ClinicalDate? From { get; init; }
    public ClinicalDate? Until { get; init; }
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for an allergy's severity and state.</summary>
public static class AllergyWords
{
    /// <summary>The source's own word first; null when it gave none.</summary>
    public static string? Severity(Allergy allergy) => allergy.SeverityText ?? allergy.Severity switch
    {
        AllergySeverity.Mild => "mild",
        AllergySeverity.Moderate => "moderate",
        AllergySeverity.Severe => "severe",
        AllergySeverity.LifeThreatening => "life-threatening",
        _ => null,
    };

    public static string Status(Entry<Allergy> entry) => entry.Item switch
    {
        { Status: AllergyStatus.Refuted } => "refuted",
        { Status: AllergyStatus.Resolved, EndedOn: { } on } => $"resolved {Dates.Day(on)}",
        { Status: AllergyStatus.Resolved } => "resolved",
        _ when entry.Ended => "no longer listed",
        _ => "",
    };
}

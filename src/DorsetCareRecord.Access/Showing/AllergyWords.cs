using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for an allergy's reactions, severity and state.</summary>
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

    /// <summary><c> — anaphylaxis; rash, severe</c>: every reaction, the gravest severity, and what is known of certainty.</summary>
    public static string Reactions(AllergyGroup group)
    {
        var lead = group.Lead.Item;
        var words = string.Join("; ", group.Reactions);
        var after = string.Join(", ", new[] { Severity(lead), lead.Certainty }.Where(part => part is not null && !words.Contains(part, StringComparison.OrdinalIgnoreCase)));
        return words.Length + after.Length == 0 ? "" : $" — {string.Join(", ", new[] { words, after }.Where(part => part.Length > 0))}";
    }

    /// <summary>One statement in full.</summary>
    public static string Whole(Entry<Allergy> entry) => string.Join(", ", new[]
    {
        entry.Item.Substance, entry.Item.Reaction, Severity(entry.Item), entry.Item.Certainty,
        entry.Item.Kind == AllergyKind.Intolerance ? "intolerance" : null,
        entry.Item.OnsetOn is { } onset ? $"since {Dates.Day(onset)}" : null, Status(entry), entry.Item.Notes,
    }.Where(part => !string.IsNullOrEmpty(part)));
}

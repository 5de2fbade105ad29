using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>An encounter in a few words. What its source did not send is not guessed.</summary>
public static class EncounterWords
{
    public static string Kind(EncounterKind? kind) => kind switch
    {
        EncounterKind.Inpatient => "Inpatient",
        EncounterKind.Outpatient => "Outpatient",
        EncounterKind.Emergency => "Emergency",
        EncounterKind.DayCase => "Day case",
        EncounterKind.GeneralPractice => "GP consultation",
        EncounterKind.Community => "Community",
        EncounterKind.SocialCare => "Social care",
        EncounterKind.Other => "Encounter",
        EncounterKind.Referral => "Referral",
        EncounterKind.Recall => "Recall",
        null => "Encounter",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary><c>Inpatient, General medicine, Ilchester ward</c>; a past appointment without an outcome says so.</summary>
    public static string Line(Encounter encounter)
    {
        var parts = new List<string> { Kind(encounter.Kind) };
        foreach (var part in (string?[])[encounter.Specialty, encounter.Location, encounter.Reason])
        {
            if (string.IsNullOrWhiteSpace(part) || parts.Contains(part, StringComparer.OrdinalIgnoreCase))
                continue;
            // "Emergency, Emergency medicine, Emergency Department" says one thing three times, and so does "GP consultation, Surgery consultation".
            if (parts.Count == 1 && KindIn(part, encounter.Kind) is { } kind)
                parts[0] = kind;
            else if (!(encounter.Kind == EncounterKind.Emergency && part.StartsWith("Emergency", StringComparison.OrdinalIgnoreCase)))
                parts.Add(part);
        }

        if (encounter.Status == EncounterStatus.Cancelled)
            parts.Add("cancelled");
        else if (encounter.Outcome is { } outcome)
            parts.Add(outcome);
        return string.Join(", ", parts);
    }

    /// <summary>The kind of encounter, where the source's own words say it better; null where they say something else.</summary>
    private static string? KindIn(string part, EncounterKind? kind) => kind switch
    {
        EncounterKind.Emergency when part.StartsWith("Emergency dep", StringComparison.OrdinalIgnoreCase) => part,
        EncounterKind.GeneralPractice when part.StartsWith("GP ", StringComparison.Ordinal) => part,
        EncounterKind.GeneralPractice when part.EndsWith("consultation", StringComparison.OrdinalIgnoreCase) => $"GP {char.ToLowerInvariant(part[0])}{part[1..]}",
        _ => null,
    };

    /// <summary>Where, in words: the site if its source names it, a partner's name for an organisation's code, then ward or clinic.</summary>
    public static string Where(Encounter encounter, string source)
    {
        var site = encounter.Site is not { } told || IsCode(told) ? Dorset.Organisations.FirstOrDefault(
            o => encounter.Site?.StartsWith(o.Ods, StringComparison.Ordinal) == true)?.Short ?? Shares.Name(source) : told;
        return string.Join(", ", new[] { site, encounter.Location }.Where(part => !string.IsNullOrWhiteSpace(part)));
    }

    /// <summary>An ODS code says nothing to a reader.</summary>
    private static bool IsCode(string site) =>
        site.Length <= 6 && site.Any(char.IsAsciiLetterUpper) && site.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    /// <summary>For a list: what became of it, as far as was sent.</summary>
    public static string State(Encounter encounter, DateTimeOffset now) => encounter switch
    {
        { Status: EncounterStatus.Cancelled } => "Cancelled",
        { Outcome: { } outcome } => outcome,
        { Status: EncounterStatus.InProgress } => "In progress",
        { Kind: EncounterKind.Recall, Status: EncounterStatus.Planned } => "Due",
        { Status: EncounterStatus.Planned, StartAt: { } at } when at.AsInstant() < now => "Outcome not received",
        { Status: EncounterStatus.Planned } => "Planned",
        { Status: EncounterStatus.Finished } => "Finished",
        _ => "Not stated",
    };
}

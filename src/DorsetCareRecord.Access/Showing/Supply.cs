using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// What of a section a council does not supply. An absence there says nothing, and must not read as "none" (hazard H05).
/// </summary>
/// <param name="Name">The council.</param>
/// <param name="Kinds">What is missing, in words.</param>
public sealed record NotSupplied(string Name, IReadOnlyList<string> Kinds);

/// <summary>What each council's extract could hold, by file and column (docs/feeds/socialcare.md), and what it does hold.</summary>
public static class Supply
{
    private static readonly string[] Councils = [SourceCodes.SocialCareDorset, SourceCodes.SocialCareBournemouth, SourceCodes.SocialCarePoole];

    /// <summary>A column stands for itself only where its file is there.</summary>
    private static readonly (Section Section, string File, string? Column, string Words)[] Kinds =
    [
        (Section.Flags, "alert.csv", null, "alerts"),
        (Section.Flags, "legal.csv", null, "legal status"),
        (Section.NextOfKin, "relationship.csv", null, "relationships"),
        (Section.NextOfKin, "relationship.csv", "lpa_type", "powers of attorney"),
        (Section.Care, "relationship.csv", null, "carers"),
        (Section.Care, "involvement.csv", null, "allocated workers"),
        (Section.Care, "service.csv", null, "services"),
        (Section.Care, "service.csv", "planned_hours_per_week", "hours of services"),
        (Section.Care, "service.csv", "funding", "funding of services"),
        (Section.Care, "assessment.csv", null, "assessments"),
        (Section.Care, "plan.csv", null, "plans"),
        (Section.Care, "equipment.csv", null, "equipment"),
        (Section.Care, "accommodation.csv", null, "accommodation"),
        (Section.Care, "aboutme.csv", null, "what matters to the person"),
        (Section.Encounters, "contact_referral.csv", null, "referrals to social care"),
    ];

    /// <param name="section">Of a page.</param>
    /// <param name="knownTo">Sources that know the person; others say nothing of them anyway.</param>
    /// <param name="columnsOf">The columns of a file a source supplies; null when it does not supply the file.</param>
    /// <param name="suppliesAnything">Whether a full extract of the source was ever applied: before that nothing can be said.</param>
    public static IReadOnlyList<NotSupplied> Missing(
        Section section, IEnumerable<string> knownTo, Func<string, string, IReadOnlyList<string>?> columnsOf, Func<string, bool> suppliesAnything) =>
    [
        .. Councils.Where(council => knownTo.Contains(council) && suppliesAnything(council))
            .Select(council => new NotSupplied(Shares.Name(council),
                [.. Kinds.Where(kind => kind.Section == section && IsMissing(kind.Column, columnsOf(council, kind.File))).Select(kind => kind.Words)]))
            .Where(missing => missing.Kinds.Count > 0),
    ];

    private static bool IsMissing(string? column, IReadOnlyList<string>? columns) =>
        column is null ? columns is null : columns?.Contains(column) == false;
}

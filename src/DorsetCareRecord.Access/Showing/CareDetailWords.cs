using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for assessments, plans and what else a council knows of somebody's care.</summary>
public static class CareDetailWords
{
    public static string Kind(CareDetailKind kind) => kind switch
    {
        CareDetailKind.Assessment => "Assessment",
        CareDetailKind.Plan => "Plan",
        CareDetailKind.Equipment => "Equipment",
        CareDetailKind.Accommodation => "Lives",
        CareDetailKind.AboutMe => "About me",
        CareDetailKind.Disability => "Disability",
        CareDetailKind.EarlyHelp => "Early help",
        CareDetailKind.Enquiry => "Enquiry",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static bool IsPast(Entry<CareDetail> entry) =>
        entry.Ended || entry.Item.Status is CareServiceStatus.Finished or CareServiceStatus.NoLongerSupplied;

    /// <summary>Plans in force, for "a care plan exists".</summary>
    public static IReadOnlyList<Entry<CareDetail>> Plans(SectionView<CareDetail> section) =>
        [.. section.Entries.Where(entry => entry.Item.Kind == CareDetailKind.Plan && !IsPast(entry))];

    /// <summary>From, until, review, outcome and who, as far as they were sent.</summary>
    public static string Course(CareDetail detail) => string.Join(", ", new[]
    {
        detail.StartedOn is { } start ? $"from {Dates.Day(start)}" : null,
        detail.EndedOn is { } end ? $"to {Dates.Day(end)}" : null,
        detail.ReviewOn is { } review ? $"review due {Dates.Day(review)}" : null,
        detail.Outcome is { } outcome ? $"outcome: {outcome}" : null,
        detail.IsEligible switch { true => "eligible for support", false => "not eligible for support", null => null },
        detail.By, detail.Team,
    }.Where(part => !string.IsNullOrEmpty(part)));
}

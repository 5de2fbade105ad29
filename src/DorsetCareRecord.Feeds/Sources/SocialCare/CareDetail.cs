using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>assessment.csv, plan.csv, aboutme.csv, equipment.csv and accommodation.csv.</summary>
internal static class CareCareDetail
{
    public static CareDetail Assessment(CareRow row) => new()
    {
        Kind = CareDetailKind.Assessment,
        Title = CareValues.AssessmentType(row["type_code"]) ?? "Assessment",
        Status = row.IsEmpty("end_date") ? CareServiceStatus.Active : row["end_date"] is null ? null : CareServiceStatus.Finished,
        Outcome = CareValues.Outcome(row["outcome_code"]),
        IsEligible = row.Flag("eligible_flag"),
        StartedOn = row.Date("start_date"),
        EndedOn = row.Date("end_date"),
        Team = row["assessor_team"],
    };

    public static CareDetail Plan(CareRow row) => new()
    {
        Kind = CareDetailKind.Plan,
        Title = CareValues.PlanType(row["plan_type"]) ?? "Plan",
        Category = row["category"],
        Status = CareValues.Status(row, "status"),
        StartedOn = row.Date("start_date"),
        ReviewOn = row.Date("review_due"),
        EndedOn = row.Date("end_date"),
        By = row["lead_worker"],
        // A child's plan is kept for those who work with children, whichever file it travels in.
        Audience = row["plan_type"]?.ToLowerInvariant() is "cin" or "cp" or "cla" ? Audience.ChildrensSocialCare : null,
    };

    public static CareDetail AboutMe(CareRow row) => new()
    {
        Kind = CareDetailKind.AboutMe,
        Title = row["heading"] ?? "About me",
        Text = row["text"],
        StartedOn = row.Date("updated_at"),
        By = row["author"],
    };

    public static CareDetail Equipment(CareRow row) => new()
    {
        Kind = CareDetailKind.Equipment,
        Title = row["description"] ?? row["type_code"] ?? "Equipment not named",
        Category = row["category"],
        Status = CareValues.Status(row, "status"),
        StartedOn = row.Date("delivered_date"),
        ReviewOn = row.Date("review_date"),
        EndedOn = row.Date("returned_date"),
        By = row["supplier_name"],
    };

    public static CareDetail Accommodation(CareRow row) => new()
    {
        Kind = CareDetailKind.Accommodation,
        Title = CareValues.Accommodation(row["type_code"]) ?? row["type_text"] ?? "Accommodation",
        Category = row["tenure"],
        Text = Words.Join(", ", [row["address"], PostcodeBeside(row["address"], row["postcode"]), row.Flag("lives_alone") == true ? "lives alone" : null, row["access_notes"]]),
        StartedOn = row.Date("start_date"),
        EndedOn = row.Date("end_date"),
    };

    /// <summary>Some councils write the postcode into the address as well; it is said once.</summary>
    private static string? PostcodeBeside(string? address, string? postcode) =>
        Packed(postcode) is { } packed && Packed(address)?.EndsWith(packed, StringComparison.OrdinalIgnoreCase) == true ? null : Postcode.Of(postcode);

    private static string? Packed(string? text) => text is null ? null : string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}

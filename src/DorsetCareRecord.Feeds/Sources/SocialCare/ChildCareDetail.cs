using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>Plans, care episodes, placements, early help, enquiries and disabilities of the SSD: that they are, and from when to when.</summary>
internal static class ChildCareDetail
{
    public static CareDetail EarlyHelp(CareRow row, CareExtract extract) =>
        Of(row, CareDetailKind.EarlyHelp, "Early help", "earl_episode_start_date", "earl_episode_end_date") with
        {
            By = ChildCareWorker.NameOf(row["earl_episode_worker_id"], extract),
            Team = row["earl_episode_organisation"],
        };

    public static CareDetail InNeedPlan(CareRow row, CareExtract extract) =>
        Of(row, CareDetailKind.Plan, "Child in need plan", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date") with
        {
            By = ChildCareWorker.NameOf(row["cinp_cin_plan_worker_id"], extract),
            Team = ChildCareWorker.TeamOf(row["cinp_cin_plan_team"], extract),
        };

    public static CareDetail ProtectionPlan(CareRow row) =>
        Of(row, CareDetailKind.Plan, "Child protection plan", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date") with
        {
            Category = ChildValues.AbuseCategory(row["cppl_cp_plan_latest_category"] ?? row["cppl_cp_plan_initial_category"]),
            // SNOMED CT "Subject to child protection plan", as the national Child Protection Information Sharing flag has it.
            Coding = new Coding("342191000000101", CodeSystems.SnomedCt, "Subject to child protection plan"),
        };

    public static CareDetail LookedAfter(CareRow row) =>
        Of(row, CareDetailKind.Plan, "Looked after child", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date") with
        {
            Category = ChildValues.Need(row["clae_cla_primary_need_code"]),
        };

    /// <summary>Which kind of place and who runs it; never where it is.</summary>
    public static CareDetail Placement(CareRow row) =>
        Of(row, CareDetailKind.Accommodation, ChildValues.Placement(row["clap_cla_placement_type"]) ?? "Placement",
            "clap_cla_placement_start_date", "clap_cla_placement_end_date");

    public static CareDetail Disability(CareRow row) => new()
    {
        Kind = CareDetailKind.Disability,
        Title = ChildValues.Disability(row["disa_disability_code"]) ?? "Disability not named",
        Coding = row["disa_disability_code"] is { } code ? new Coding(code, null, null) : null,
    };

    public static CareDetail Enquiry(CareRow row) =>
        Of(row, CareDetailKind.Enquiry, "Child protection enquiry (section 47)", "s47e_s47_start_date", "s47e_s47_end_date") with
        {
            Outcome = row.Flag("s47e_s47_nfa") == true ? "No further action" : null,
        };

    private static CareDetail Of(CareRow row, CareDetailKind kind, string title, string start, string end) => new()
    {
        Kind = kind,
        Title = title,
        Status = row[end] is null ? CareServiceStatus.Active : CareServiceStatus.Finished,
        StartedOn = row.Date(start),
        EndedOn = row.Date(end),
    };
}

using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>
/// The files of children's services by the names and columns of the standard safeguarding dataset (SSD), so that extracts made for
/// it can be sent as they are. The minimum to share is taken: who is known, referral, worker and team, plans and status with their
/// dates. Never case notes, outcomes in words or assessments.
/// </summary>
internal static class ChildFiles
{
    /// <summary>What columns were called before; the SSD's releases differ, and councils do not change with them.</summary>
    public static IReadOnlyDictionary<string, string> EarlierNames { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["cine_cin_primary_need_code"] = "cine_cin_primary_need",
        ["cine_referral_source_code"] = "cine_referral_source",
        ["cinp_cin_plan_start_date"] = "cinp_cin_plan_start",
        ["cinp_cin_plan_end_date"] = "cinp_cin_plan_end",
        ["clae_cla_episode_start_date"] = "clae_cla_episode_start",
        ["clae_cla_episode_ceased_date"] = "clae_cla_episode_ceased",
        ["clae_cla_primary_need_code"] = "clae_cla_primary_need",
        ["lega_legal_status_start_date"] = "lega_legal_status_start",
        ["lega_legal_status_end_date"] = "lega_legal_status_end",
    };

    public static CareFile Persons { get; } =
        new("ssd_person.csv", "pers_person_id", "pers_person_id", [CareReading.Of((row, _) => ChildDemographics.Read(row))]);

    public static IReadOnlyList<CareFile> All { get; } =
    [
        new("ssd_involvements.csv", "invo_involvements_id", "invo_person_id", [CareReading.Of(ChildCareWorker.Read)]),
        new("ssd_contacts.csv", "cont_contact_id", "cont_person_id", [CareReading.Of((row, _) => ChildEncounter.Contact(row))], LastsLong: true),
        new("ssd_cin_episodes.csv", "cine_referral_id", "cine_person_id", [CareReading.Of(ChildEncounter.Referral)], LastsLong: true),
        new("ssd_early_help_episodes.csv", "earl_episode_id", "earl_person_id", [CareReading.Of(ChildCareDetail.EarlyHelp)]),
        new("ssd_cin_plans.csv", "cinp_cin_plan_id", "cinp_person_id", [CareReading.Of(ChildCareDetail.InNeedPlan)]),
        new("ssd_cp_plans.csv", "cppl_cp_plan_id", "cppl_person_id", [CareReading.Of((row, _) => ChildCareDetail.ProtectionPlan(row)), CareReading.Of((row, _) => ChildFlag.ProtectionPlan(row))]),
        new("ssd_cla_episodes.csv", "clae_cla_episode_id", "clae_person_id", [CareReading.Of((row, _) => ChildCareDetail.LookedAfter(row)), CareReading.Of((row, _) => ChildFlag.LookedAfter(row))]),
        new("ssd_cla_placement.csv", "clap_cla_placement_id", "clap_person_id", [CareReading.Of((row, _) => ChildCareDetail.Placement(row))],
            Via: new("clap_cla_id", "ssd_cla_episodes.csv", "clae_cla_id", "clae_person_id")),
        new("ssd_legal_status.csv", "lega_legal_status_id", "lega_person_id", [CareReading.Of((row, _) => ChildFlag.Legal(row))]),
        new("ssd_disability.csv", "disa_table_id", "disa_person_id", [CareReading.Of((row, _) => ChildCareDetail.Disability(row))]),
        new("ssd_s47_enquiry.csv", "s47e_s47_enquiry_id", "s47e_person_id", [CareReading.Of((row, _) => ChildCareDetail.Enquiry(row))], LastsLong: true),
        new("ssd_professionals.csv", "prof_professional_id", null, []),
        new("ssd_department.csv", "dept_team_id", null, []),
    ];
}

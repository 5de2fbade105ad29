using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>ssd_cin_episodes.csv and ssd_contacts.csv: when a referral came, from whom, to which team, and whether it is open.</summary>
internal static class ChildEncounter
{
    public static Encounter Referral(CareRow row, CareExtract extract) => new()
    {
        Kind = EncounterKind.SocialCare,
        Status = row["cine_close_date"] is not null || row.Flag("cine_referral_nfa") == true ? EncounterStatus.Finished : EncounterStatus.InProgress,
        StartAt = row.Date("cine_referral_date"),
        EndAt = row.Date("cine_close_date"),
        Specialty = ChildCareWorker.TeamOf(row["cine_referral_team"], extract),
        Clinician = ChildCareWorker.NameOf(row["cine_referral_worker_id"], extract),
        Reason = ChildValues.Need(row["cine_cin_primary_need_code"]),
        AdmissionMethod = (row["cine_referral_source_desc"] ?? ChildValues.ReferralSource(row["cine_referral_source_code"])) is { } source ? $"Referred by {source}" : null,
        Outcome = row.Flag("cine_referral_nfa") == true ? "No further action" : null,
    };

    public static Encounter Contact(CareRow row) => new()
    {
        Kind = EncounterKind.SocialCare,
        Status = EncounterStatus.Finished,
        StartAt = row.Date("cont_contact_date"),
        Specialty = "Contact with children's services",
        AdmissionMethod = (row["cont_contact_source_desc"] ?? ChildValues.ReferralSource(row["cont_contact_source_code"])) is { } source ? $"Contact from {source}" : null,
    };
}

using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>The files of adults' social care (docs/feeds/socialcare.md), after the PRSB local authority information standard.</summary>
internal static class AdultFiles
{
    public static CareFile Persons { get; } =
        new("person.csv", "person_id", "person_id", [CareReading.Of((row, _) => CareDemographics.Read(row))]);

    public static IReadOnlyList<CareFile> All { get; } =
    [
        new("relationship.csv", "relationship_id", "person_id", [CareReading.Of((row, _) => CareContact.Read(row))]),
        new("involvement.csv", "involvement_id", "person_id", [CareReading.Of((row, _) => CareCareWorker.Read(row))]),
        new("service.csv", "service_id", "person_id", [CareReading.Of((row, _) => CareCareService.IsInError(row) ? null : CareCareService.Read(row))]),
        new("contact_referral.csv", "referral_id", "person_id", [CareReading.Of((row, _) => CareEncounter.Read(row))], LastsLong: true),
        new("assessment.csv", "assessment_id", "person_id", [CareReading.Of((row, _) => CareCareDetail.Assessment(row))]),
        new("alert.csv", "alert_id", "person_id", [CareReading.Of((row, _) => CareFlag.Read(row))]),
        new("plan.csv", "plan_id", "person_id", [CareReading.Of((row, _) => CareCareDetail.Plan(row))]),
        new("legal.csv", "legal_id", "person_id", [CareReading.Of((row, _) => CareFlag.Legal(row))]),
        new("aboutme.csv", "aboutme_id", "person_id", [CareReading.Of((row, _) => CareCareDetail.AboutMe(row))]),
        new("equipment.csv", "equipment_id", "person_id", [CareReading.Of((row, _) => CareCareDetail.Equipment(row))]),
        new("accommodation.csv", "accommodation_id", "person_id", [CareReading.Of((row, _) => CareCareDetail.Accommodation(row))]),
    ];
}

using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>service.csv: care packages, with the categories of the adult social care Client Level Data.</summary>
internal static class CareCareService
{
    public static bool IsInError(CareRow row) => row["status"]?.ToLowerInvariant() is "entered-in-error";

    public static CareService Read(CareRow row) => new()
    {
        Service = CareValues.ServiceType(row["service_type"]) ?? row["description"] ?? CareValues.ServiceCategory(row["service_category"]) ?? "Service not named",
        Category = CareValues.ServiceCategory(row["service_category"]),
        Description = row["description"],
        Provider = row["provider_name"],
        ProviderTelephone = row["provider_phone"],
        ProviderCode = row["provider_cqc_location_id"],
        HoursPerWeek = row.Number("planned_hours_per_week"),
        Frequency = row["frequency_text"],
        Arrangement = row["delivery_mechanism"],
        Funding = row["funding"] switch
        {
            "LA" => "Council",
            "CHC" => "NHS continuing healthcare",
            "self" => "Self-funded",
            var other => other,
        },
        Status = StatusOf(row),
        StartedOn = row.Date("start_date"),
        PlannedEndOn = row.Date("planned_end_date"),
        EndedOn = row.Date("end_date"),
        EndReason = row["end_reason"],
    };

    private static CareServiceStatus StatusOf(CareRow row) => CareValues.Status(row, "status") ?? CareServiceStatus.NotStated;
}

using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>service.csv: care packages, with the categories of the adult social care Client Level Data.</summary>
internal static class CareCareService
{
    public static bool IsInError(CareRow row) => row["status"]?.ToLowerInvariant() is "entered-in-error";

    public static CareService Read(CareRow row) => new()
    {
        Service = row["service_type"] ?? row["description"] ?? CategoryOf(row["service_category"]) ?? "Service not named",
        Category = CategoryOf(row["service_category"]),
        Description = row["description"],
        Provider = row["provider_name"],
        ProviderTelephone = row["provider_phone"],
        ProviderCode = row["provider_cqc_location_id"],
        HoursPerWeek = row.Number("planned_hours_per_week"),
        Frequency = row["frequency_text"],
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

    private static string? CategoryOf(string? code) => code switch
    {
        "STS-STMAX" => "Short term support to maximise independence",
        "STS-OLL" => "Ongoing low level support",
        "STS-OST" => "Other short term support",
        "LTS-NC" => "Long term nursing care",
        "LTS-RS" => "Long term residential care",
        "LTS-C" => "Long term support in the community",
        "LTS-P" => "Long term support in prison",
        "CS-DC" => "Carer support, direct to the carer",
        "CS-SIPC" => "Carer support involving the person cared for",
        var other => other,
    };

    private static CareServiceStatus StatusOf(CareRow row)
    {
        switch (row["status"]?.ToLowerInvariant())
        {
            case null: return CareServiceStatus.NotStated;
            case "planned": return CareServiceStatus.Planned;
            case "active": return CareServiceStatus.Active;
            case "onhold" or "on-hold": return CareServiceStatus.OnHold;
            case "finished": return CareServiceStatus.Finished;
            default:
                row.Remark(Reasons.UnmappedCode, "status");
                return CareServiceStatus.NotStated;
        }
    }
}

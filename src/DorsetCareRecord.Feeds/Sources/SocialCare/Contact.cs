using System.Globalization;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>relationship.csv.</summary>
internal static class CareContact
{
    public static Contact Read(CareRow row)
    {
        var (role, named) = RoleOf(row);
        var phone = row["phone"];
        var isMobile = phone?.Replace(" ", "", StringComparison.Ordinal) is { } digits
            && (digits.StartsWith("07", StringComparison.Ordinal) || digits.StartsWith("+447", StringComparison.Ordinal));
        return new Contact
        {
            Role = role,
            Name = row["name"] ?? "Name not given",
            Relationship = Words.Join(", ", [named, row["relationship_code"]]),
            Notes = RegisteredOn(row),
            Telephone = isMobile ? null : phone,
            Mobile = isMobile ? phone : null,
            Email = row["email"],
            Address = row["address"],
            IsMainContact = row.Flag("is_main_contact"),
            Scope = row["lpa_type"] switch
            {
                "health_welfare" => "Health and welfare",
                "property_finance" => "Property and financial affairs",
                var other => other,
            },
            From = row.Date("start_date") ?? row.Date("lpa_registered_date"),
            Until = row.Date("end_date"),
        };
    }

    /// <summary>A power of attorney is in force from its registration, whenever it was made.</summary>
    private static string? RegisteredOn(CareRow row) => row["start_date"] is null || row.Date("lpa_registered_date") is not { } registered ? null
        : registered.Precision < DatePrecision.Day ? $"Registered {registered}"
        : string.Create(CultureInfo.InvariantCulture, $"Registered {registered.DayInLondon:d MMMM yyyy}");

    /// <summary>Roles the record has no place of its own for keep their name in the relationship.</summary>
    private static (ContactRole Role, string? Named) RoleOf(CareRow row)
    {
        switch (row["role_code"]?.ToUpperInvariant())
        {
            case "NOK": return (ContactRole.NextOfKin, null);
            case "EC": return (ContactRole.EmergencyContact, null);
            case "MC": return (ContactRole.MainCarer, null);
            case "CARER" or "CAR" or "IC": return (ContactRole.Carer, null);
            case "LPA": return (ContactRole.LastingPowerOfAttorney, null);
            case "NR": return (ContactRole.Other, "Nearest relative");
            case "ADV": return (ContactRole.Other, "Advocate");
            case "AF" or "CF" or "DEP": return (ContactRole.Other, row["role_code"]!.ToUpperInvariant() switch { "CF" => "Cared for by them", "DEP" => "Dependant", _ => "Appointed for" });
            case "INV": return (ContactRole.Other, "Invoices go to them");
            case "OTH": return (ContactRole.Other, null);
            case "AS" or "APP": return (ContactRole.Other, "Appointee");
            case "FA": return (ContactRole.Other, "Financial agent");
            case "HM": return (ContactRole.Other, "Household member");
            case "KH": return (ContactRole.Other, "Key holder");
            case null: return (ContactRole.Other, null);
            default:
                row.Remark(Reasons.UnmappedCode, "role_code");
                return (ContactRole.Other, row["role_code"]);
        }
    }
}

using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>ssd_person.csv. The SSD keeps the NHS number among other identifiers; its column's name changed over its versions.</summary>
internal static class ChildDemographics
{
    private static readonly string[] NumberColumns = ["pers_nhs_number", "pers_single_unique_id", "pers_common_child_id"];

    public static Demographics Read(CareRow row)
    {
        var number = NhsNumberOf(row);
        return new Demographics
        {
            NhsNumber = number,
            NhsNumberStatus = number is null ? null : "02",
            FamilyName = row["pers_surname"],
            GivenNames = row["pers_forename"],
            BornOn = row.Date("pers_dob"),
            Gender = row["pers_sex"]?.ToUpperInvariant() switch
            {
                "M" => "Male",
                "F" => "Female",
                "I" => "Indeterminate",
                "U" => "Not Known",
                _ => null,
            },
            Ethnicity = Ethnicity.Of(row["pers_ethnicity"]),
            Deceased = row["pers_death_date"] is null ? null : true,
            DiedOn = row.Date("pers_death_date"),
        };
    }

    private static string? NhsNumberOf(CareRow row)
    {
        foreach (var column in NumberColumns.Where(c => row[c] is not null))
        {
            if (NhsNumber.TryParse(row[column], out var number))
                return number.Value.Digits;
            if (column == NumberColumns[0])
                row.Remark(Reasons.InvalidNhsNumber, column);
        }

        return null;
    }
}

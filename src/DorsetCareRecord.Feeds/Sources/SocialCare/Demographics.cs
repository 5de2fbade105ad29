using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>person.csv.</summary>
internal static class CareDemographics
{
    /// <summary>A row is the whole of what the council knows: a column that is there and empty says that there is none.</summary>
    private static readonly (string Column, string Property)[] Clearable =
    [
        ("nhs_number", nameof(Demographics.NhsNumber)),
        ("title", nameof(Demographics.Title)),
        ("preferred_name", nameof(Demographics.PreferredName)),
        ("address_line1", nameof(Demographics.Address)),
        ("postcode", nameof(Demographics.Postcode)),
        ("telephone", nameof(Demographics.Telephone)),
        ("mobile", nameof(Demographics.Mobile)),
        ("email", nameof(Demographics.Email)),
        ("gp_practice_ods", nameof(Demographics.PracticeCode)),
        ("communication_needs", nameof(Demographics.CommunicationNeeds)),
        ("date_of_death", nameof(Demographics.DiedOn)),
        ("date_of_death", nameof(Demographics.Deceased)),
    ];

    public static Demographics Read(CareRow row)
    {
        var number = NhsNumberOf(row);
        var died = row.Date("date_of_death");
        var address = Words.Join(", ", [row["address_line1"], row["address_line2"], row["address_line3"], row["address_line4"]]);
        var cleared = Clearable.Where(c => row.IsEmpty(c.Column) && !(c.Property == nameof(Demographics.Address) && address is not null))
            .Select(c => c.Property).ToList();
        return new Demographics
        {
            NhsNumber = number,
            NhsNumberStatus = number is null ? null : row["nhs_number_status"] is ['0', >= '1' and <= '8'] status ? status : "02",
            FamilyName = row["surname"],
            GivenNames = row["forename"],
            Title = row["title"],
            PreferredName = row["preferred_name"],
            BornOn = BornOn(row),
            Gender = GenderOf(row),
            Deceased = row["date_of_death"] is null ? null : true,
            DiedOn = died,
            Address = address,
            Postcode = Postcode.Of(row["postcode"]),
            Telephone = row["telephone"],
            Mobile = row["mobile"],
            Email = row["email"],
            PracticeCode = row["gp_practice_ods"]?.ToUpperInvariant(),
            Ethnicity = Ethnicity.Of(row["ethnicity_code"]),
            Language = Language.Of(row["first_language"]),
            InterpreterRequired = row.Flag("interpreter_required"),
            CommunicationNeeds = row["communication_needs"],
            Restricted = row.Flag("restricted_flag"),
            Cleared = cleared.Count > 0 ? cleared : null,
        };
    }

    private static string? NhsNumberOf(CareRow row)
    {
        if (row["nhs_number"] is null)
            return null;
        if (NhsNumber.TryParse(row["nhs_number"], out var number))
            return number.Value.Digits;
        row.Remark(Reasons.InvalidNhsNumber, "nhs_number");
        return null;
    }

    /// <summary>An estimated date of birth is a year: the rest was made up to fill the field, and must not match anybody.</summary>
    private static ClinicalDate? BornOn(CareRow row) => row.Date("dob") is not { } born ? null
        : row.Flag("dob_estimated") == true ? ClinicalDate.OfYear(born.Value.Year) : born;

    /// <summary>Words, letters, or PERSON STATED GENDER CODE of the NHS Data Dictionary.</summary>
    private static string? GenderOf(CareRow row)
    {
        switch (row["gender"]?.ToUpperInvariant())
        {
            case null: return null;
            case "M" or "MALE" or "1": return "Male";
            case "F" or "FEMALE" or "2": return "Female";
            case "I" or "INDETERMINATE" or "9": return "Indeterminate";
            case "U" or "X" or "UNKNOWN" or "NOT KNOWN" or "0": return "Not Known";
            default:
                row.Remark(Reasons.UnmappedCode, "gender");
                return null;
        }
    }
}

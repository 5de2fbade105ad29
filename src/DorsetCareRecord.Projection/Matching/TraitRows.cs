using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>Traits as their table has them.</summary>
internal static class TraitRows
{
    /// <summary>nhs_number, nhs_number_status, born_on, family_keys, given_key, family_name, given_names, gender, postcode, deceased.</summary>
    public static Trait Read(NpgsqlDataReader row, int i) => new()
    {
        NhsNumber = Cell.TextOrNull(row, i),
        NhsNumberStatus = Cell.TextOrNull(row, i + 1),
        BornOn = Cell.TextOrNull(row, i + 2),
        FamilyKeys = row.GetFieldValue<string[]>(i + 3),
        GivenKey = Cell.TextOrNull(row, i + 4),
        FamilyName = Cell.TextOrNull(row, i + 5),
        GivenNames = Cell.TextOrNull(row, i + 6),
        Gender = Cell.TextOrNull(row, i + 7),
        Postcode = Cell.TextOrNull(row, i + 8),
        Deceased = Cell.YesNoOrNull(row, i + 9),
    };
}

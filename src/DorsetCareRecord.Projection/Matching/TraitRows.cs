using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>Traits as their table has them.</summary>
internal static class TraitRows
{
    /// <summary>nhs_number, born_on, family_keys, given_key, family_name, given_names, gender, postcode, deceased.</summary>
    public static Trait Read(NpgsqlDataReader row, int i) => new()
    {
        NhsNumber = Cell.TextOrNull(row, i),
        BornOn = Cell.TextOrNull(row, i + 1),
        FamilyKeys = row.GetFieldValue<string[]>(i + 2),
        GivenKey = Cell.TextOrNull(row, i + 3),
        FamilyName = Cell.TextOrNull(row, i + 4),
        GivenNames = Cell.TextOrNull(row, i + 5),
        Gender = Cell.TextOrNull(row, i + 6),
        Postcode = Cell.TextOrNull(row, i + 7),
        Deceased = Cell.YesNoOrNull(row, i + 8),
    };
}

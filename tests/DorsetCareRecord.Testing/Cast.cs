using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Testing;

/// <summary>
/// The small fixed cast of synthetic people that every test knows. Their NHS numbers are of the 999 range, which is never issued
/// (NHS Data Dictionary). Add to it seldom.
/// </summary>
public static class Cast
{
    /// <summary>A widow of 89 with heart failure, known to everybody: both hospitals, her GP and the council.</summary>
    public static CastMember Edith { get; } = new()
    {
        NhsNumber = Number("9990000018"),
        FamilyName = "Hardwick",
        GivenNames = "Edith Mary",
        Title = "Mrs",
        Gender = "female",
        BornOn = new DateOnly(1937, 3, 14),
        Postcode = "DT1 1AA",
        HospitalNumber = "D1000001",
    };

    /// <summary>Her son and carer, 61, with diabetes. Same surname, same house.</summary>
    public static CastMember Thomas { get; } = new()
    {
        NhsNumber = Number("9990000026"),
        FamilyName = "Hardwick",
        GivenNames = "Thomas",
        Title = "Mr",
        Gender = "male",
        BornOn = new DateOnly(1965, 7, 2),
        Postcode = "DT1 1AA",
        HospitalNumber = "D1000002",
    };

    /// <summary>A woman of 34 whose name has an apostrophe and an accent; allergic to penicillin.</summary>
    public static CastMember Zoe { get; } = new()
    {
        NhsNumber = Number("9990000034"),
        FamilyName = "O'Connor",
        GivenNames = "Zoë Anne",
        Title = "Ms",
        Gender = "female",
        BornOn = new DateOnly(1992, 2, 29),
        Postcode = "BH8 8AA",
        HospitalNumber = "R2000003",
    };

    /// <summary>A child of five; his twin is <see cref="Noor"/>.</summary>
    public static CastMember Idris { get; } = new()
    {
        NhsNumber = Number("9990000042"),
        FamilyName = "Rahman",
        GivenNames = "Idris",
        Title = null,
        Gender = "male",
        BornOn = new DateOnly(2021, 10, 31),
        Postcode = "BH15 2AA",
        HospitalNumber = "P3000004",
    };

    /// <summary>The twin: same surname, birthday and house, another person.</summary>
    public static CastMember Noor { get; } = new()
    {
        NhsNumber = Number("9990000050"),
        FamilyName = "Rahman",
        GivenNames = "Noor",
        Title = null,
        Gender = "female",
        BornOn = new DateOnly(2021, 10, 31),
        Postcode = "BH15 2AA",
        HospitalNumber = "P3000005",
    };

    /// <summary>A man who died; no NHS number is known at his hospital.</summary>
    public static CastMember Walter { get; } = new()
    {
        NhsNumber = null,
        FamilyName = "Legg",
        GivenNames = "Walter",
        Title = "Mr",
        Gender = "male",
        BornOn = new DateOnly(1941, 12, 24),
        Postcode = "DT11 7AA",
        HospitalNumber = "D1000006",
        DiedOn = new DateOnly(2026, 5, 9),
    };

    public static IReadOnlyList<CastMember> All { get; } = [Edith, Thomas, Zoe, Idris, Noor, Walter];

    private static NhsNumber Number(string text) => NhsNumber.TryParse(text, out var number)
        ? number.Value
        : throw new InvalidOperationException("A cast member's NHS number has a wrong check digit.");
}

/// <summary>A synthetic person of the <see cref="Cast"/>.</summary>
public sealed record CastMember
{
    /// <summary>Null for the one whose hospital does not know it.</summary>
    public required NhsNumber? NhsNumber { get; init; }

    public required string FamilyName { get; init; }

    public required string GivenNames { get; init; }

    public required string? Title { get; init; }

    /// <summary>male or female, as FHIR's administrative gender.</summary>
    public required string Gender { get; init; }

    public required DateOnly BornOn { get; init; }

    public required string Postcode { get; init; }

    /// <summary>At their own trust.</summary>
    public required string HospitalNumber { get; init; }

    public DateOnly? DiedOn { get; init; }
}

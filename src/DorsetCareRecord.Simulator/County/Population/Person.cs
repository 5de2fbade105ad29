namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>Somebody of the county as they truly are; each source may know them a little differently.</summary>
internal sealed record Person
{
    /// <summary>From 0, the place in the county; everything told of a person is thrown from the seed and this.</summary>
    public required int Index { get; init; }

    public required string NhsNumber { get; init; }
    public required Sex Sex { get; init; }
    public required string Title { get; init; }
    public required string Forename { get; init; }
    public string? MiddleName { get; init; }
    public required string Surname { get; init; }

    /// <summary>Before marriage, where it was another.</summary>
    public string? BirthSurname { get; init; }

    public required DateOnly Born { get; init; }
    public DateOnly? Died { get; init; }
    public required Household Home { get; init; }
    public required Practice Practice { get; init; }
    public required Clinician Doctor { get; init; }
    public required string Ethnicity { get; init; }
    public required string Language { get; init; }
    public string? Mobile { get; init; }
    public string? Email { get; init; }
    public required IReadOnlyList<Kin> Kin { get; init; }
    public required IReadOnlyList<Registration> Hospitals { get; init; }

    public string Formal => $"{Title} {Surname}";

    public int AgeOn(DateOnly day)
    {
        var years = day.Year - Born.Year;
        return Born.AddYears(years) > day ? years - 1 : years;
    }

    public Registration? At(string trust) => Hospitals.FirstOrDefault(registration => registration.Trust == trust);
}

/// <summary>A front door.</summary>
internal sealed record Household(int Index, Address Address, Place Place, string? Telephone, bool IsCareHome, string? HomeName);

/// <summary>Somebody who matters to a patient.</summary>
/// <param name="Code">HL7 table 0063, as the hospitals here use it.</param>
/// <param name="LivesWith">Whether the address is the patient's own.</param>
internal sealed record Kin(
    string Title, string Forename, string Surname, string Relationship, string Code, string Telephone, string? Mobile, Address Address,
    bool LivesWith, bool IsCarer);

/// <summary>A patient as one trust has them in its books.</summary>
/// <param name="Trust">ODS code of the trust.</param>
/// <param name="Number">Its hospital number.</param>
/// <param name="NhsNumber">Null where the trust never got it.</param>
/// <param name="NhsNumberStatus">NHS NUMBER STATUS INDICATOR.</param>
/// <param name="DuplicateNumber">A second registration of the same patient, merged into the first later.</param>
internal sealed record Registration(
    string Trust, string Number, string Forename, string Surname, DateOnly Born, string? NhsNumber, string NhsNumberStatus,
    string? DuplicateNumber, Slip Slip);

/// <summary>What a clerk got wrong, so that matching has work to do.</summary>
internal enum Slip
{
    None,

    /// <summary>The hospital still has the surname from before marriage.</summary>
    FormerSurname,

    /// <summary>Day and month changed places, or one year off.</summary>
    WrongBirthDate,

    /// <summary>Registered in a hurry, the NHS number never traced.</summary>
    NoNhsNumber,

    /// <summary>Registered twice, merged later.</summary>
    RegisteredTwice,
}

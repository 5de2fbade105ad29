using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

/// <summary>Who the patient is, as one source has it (PID, PD1; UKCore-Patient). Key: always <c>person</c>.</summary>
public sealed record Demographics : Item
{
    public const string Key = "person";

    public override Section Section => Section.Demographics;

    /// <summary>Ten digits with a valid check digit; an invalid number is not stated here.</summary>
    public string? NhsNumber { get; init; }

    /// <summary>NHS NUMBER STATUS INDICATOR, 01 (verified) to 08 (baby under six weeks); 02 when the source does not say.</summary>
    public string? NhsNumberStatus { get; init; }

    public string? FamilyName { get; init; }
    public string? GivenNames { get; init; }
    public string? Title { get; init; }
    public string? PreferredName { get; init; }

    /// <summary>Other family names the source knows: maiden, alias (PID-5 repeats, PID-9).</summary>
    public IReadOnlyList<string>? OtherFamilyNames { get; init; }

    public ClinicalDate? BornOn { get; init; }

    /// <summary>Male, Female, Indeterminate or Not Known; never a code.</summary>
    public string? Gender { get; init; }

    public bool? Deceased { get; init; }
    public ClinicalDate? DiedOn { get; init; }

    /// <summary>Lines joined with comma and one space, without the postcode (CUI ADR-0001).</summary>
    public string? Address { get; init; }

    /// <summary>Upper case with one space (CUI ADR-0007).</summary>
    public string? Postcode { get; init; }

    public string? Telephone { get; init; }
    public string? Mobile { get; init; }
    public string? Email { get; init; }
    public string? PracticeCode { get; init; }
    public string? PracticeName { get; init; }
    public string? GpName { get; init; }
    public string? Ethnicity { get; init; }
    public string? Language { get; init; }
    public bool? InterpreterRequired { get; init; }
    public string? CommunicationNeeds { get; init; }

    /// <summary>PDS sensitive flag or the source's own restriction.</summary>
    public bool? Restricted { get; init; }

    public override Item LaidOver(Item? older) => older is not Demographics o ? this : this with
    {
        NhsNumber = Keep(nameof(NhsNumber), NhsNumber, o.NhsNumber),
        NhsNumberStatus = Keep(nameof(NhsNumberStatus), NhsNumberStatus, o.NhsNumberStatus),
        FamilyName = Keep(nameof(FamilyName), FamilyName, o.FamilyName),
        GivenNames = Keep(nameof(GivenNames), GivenNames, o.GivenNames),
        Title = Keep(nameof(Title), Title, o.Title),
        PreferredName = Keep(nameof(PreferredName), PreferredName, o.PreferredName),
        OtherFamilyNames = Keep(nameof(OtherFamilyNames), OtherFamilyNames, o.OtherFamilyNames),
        BornOn = Keep(nameof(BornOn), BornOn, o.BornOn),
        Gender = Keep(nameof(Gender), Gender, o.Gender),
        Deceased = Keep(nameof(Deceased), Deceased, o.Deceased),
        DiedOn = Keep(nameof(DiedOn), DiedOn, o.DiedOn),
        Address = Keep(nameof(Address), Address, o.Address),
        Postcode = Keep(nameof(Postcode), Postcode, o.Postcode),
        Telephone = Keep(nameof(Telephone), Telephone, o.Telephone),
        Mobile = Keep(nameof(Mobile), Mobile, o.Mobile),
        Email = Keep(nameof(Email), Email, o.Email),
        PracticeCode = Keep(nameof(PracticeCode), PracticeCode, o.PracticeCode),
        PracticeName = Keep(nameof(PracticeName), PracticeName, o.PracticeName),
        GpName = Keep(nameof(GpName), GpName, o.GpName),
        Ethnicity = Keep(nameof(Ethnicity), Ethnicity, o.Ethnicity),
        Language = Keep(nameof(Language), Language, o.Language),
        InterpreterRequired = Keep(nameof(InterpreterRequired), InterpreterRequired, o.InterpreterRequired),
        CommunicationNeeds = Keep(nameof(CommunicationNeeds), CommunicationNeeds, o.CommunicationNeeds),
        Restricted = Keep(nameof(Restricted), Restricted, o.Restricted),
        Organisation = Keep(nameof(Organisation), Organisation, o.Organisation),
        Audience = Audience ?? o.Audience,
        Confidentiality = Keep(nameof(Confidentiality), Confidentiality, o.Confidentiality),
    };

    private T? Keep<T>(string name, T? mine, T? olders) => mine ?? (Cleared?.Contains(name) == true ? default : olders);
}

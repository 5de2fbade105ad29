using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-Patient.</summary>
internal static class GpDemographics
{
    public static Demographics Read(GpPatient patient, GpBundle bundle)
    {
        var resource = patient.Resource;
        var entry = patient.Entry;
        var name = People.NameOf(resource.Name);
        var address = People.AddressOf(resource.Address);
        var (number, status) = NhsNumberOf(resource, entry, bundle);
        var (deceased, diedOn) = DeathOf(resource, entry, bundle);
        var spoken = resource.Communication.FirstOrDefault(c => GpBundle.Flag(c.PreferredElement) == true) ?? resource.Communication.FirstOrDefault();
        return new Demographics
        {
            NhsNumber = number,
            NhsNumberStatus = status,
            FamilyName = Words.Of(name?.Family),
            GivenNames = Words.Join(" ", name?.Given ?? []),
            Title = Words.Join(" ", name?.Prefix ?? []),
            PreferredName = Words.Join(" ", People.With(resource.Name, "nickname")?.Given ?? []),
            OtherFamilyNames = OtherFamilyNames(resource, name),
            BornOn = bundle.Date(resource.BirthDateElement, entry, "birthDate"),
            Gender = GenderOf(GpBundle.Raw(resource.GenderElement), entry, bundle),
            Deceased = deceased,
            DiedOn = diedOn,
            Address = People.LinesOf(address),
            Postcode = Postcode.Of(address?.PostalCode),
            Telephone = People.Telephone(resource.Telecom),
            Mobile = People.Mobile(resource.Telecom),
            Email = People.Email(resource.Telecom),
            PracticeCode = patient.PracticeCode,
            PracticeName = patient.PracticeName,
            GpName = bundle.NamesOf(resource.GeneralPractitioner.Where(r => IsPerson(bundle.Resolve(r, entry), r)), entry),
            Ethnicity = Ethnicity.Of(Concepts.TextOf(resource.Named("EthnicCategory")?.Value as R4.CodeableConcept)),
            Language = Language.Of(Concepts.TextOf(spoken?.Language)),
            InterpreterRequired = InterpreterRequired(resource),
            Restricted = resource.Meta?.Security.Any(s => GpBundle.Raw(s.CodeElement) is "R" or "V" or "REDACTED") == true ? true : null,
        };
    }

    private static (string? Number, string? Status) NhsNumberOf(R4.Patient patient, GpEntry entry, GpBundle bundle)
    {
        foreach (var identifier in patient.Identifier.Where(i => GpPatients.IsNhsNumber(i) && Words.Of(i.Value) is not null))
        {
            if (NhsNumber.TryParse(identifier.Value, out var number))
                return (number.Value.Digits, StatusOf(identifier));
            bundle.Remark(Reasons.InvalidNhsNumber, $"{entry.Place}.identifier", $"{identifier.Value?.Length} characters");
        }

        return (null, null);
    }

    /// <summary>02, "present but not traced", when the sender says nothing: never verified by default.</summary>
    private static string StatusOf(R4.Identifier identifier) =>
        (identifier.Named("NHSNumberVerificationStatus") ?? identifier.Named("NHSNumberVerificationStatusEngland")).Code() switch
        {
            ['0', >= '1' and <= '8'] code => code,
            "number-present-and-verified" => "01",
            "trace-required" => "03",
            "trace-attempted-no-match-or-multiple-match-found" => "04",
            "trace-needs-to-be-resolved" => "05",
            "trace-in-progress" => "06",
            "number-not-present-and-trace-not-required" => "07",
            "trace-postponed" => "08",
            _ => "02",
        };

    private static List<string>? OtherFamilyNames(R4.Patient patient, R4.HumanName? main)
    {
        var others = patient.Name.Where(n => !ReferenceEquals(n, main)).Select(n => Words.Of(n.Family)).OfType<string>()
            .Where(f => f != Words.Of(main?.Family)).Distinct().ToList();
        return others.Count > 0 ? others : null;
    }

    private static string? GenderOf(string? code, GpEntry entry, GpBundle bundle)
    {
        switch (code)
        {
            case null: return null;
            case "male": return "Male";
            case "female": return "Female";
            case "other": return "Indeterminate";
            case "unknown": return "Not Known";
            default:
                bundle.Remark(Reasons.UnmappedCode, $"{entry.Place}.gender");
                return null;
        }
    }

    private static (bool? Deceased, ClinicalDate? On) DeathOf(R4.Patient patient, GpEntry entry, GpBundle bundle) => patient.Deceased switch
    {
        R4.FhirBoolean deceased => (GpBundle.Flag(deceased), null),
        R4.FhirDateTime on => (true, bundle.Date(on, entry, "deceasedDateTime")),
        _ => (null, null),
    };

    private static bool IsPerson(GpEntry? there, R4.ResourceReference reference) => there is not null
        ? there.Resource is R4.Practitioner or R4.PractitionerRole
        : reference.Reference?.Contains("Practitioner", StringComparison.Ordinal) == true;

    /// <summary>In Patient.communication or in the older NHSCommunication extension.</summary>
    private static bool? InterpreterRequired(R4.Patient patient)
    {
        R4.IExtendable?[] places = [.. patient.Communication, patient.Named("NHSCommunication")];
        return places.Select(p => p.Named("interpreterRequired")?.Value as R4.FhirBoolean).Select(GpBundle.Flag).FirstOrDefault(v => v is not null);
    }
}

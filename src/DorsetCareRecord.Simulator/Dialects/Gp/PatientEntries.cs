using System.Text.Json.Nodes;
using DorsetCareRecord.Simulator.County.Population;
using static DorsetCareRecord.Simulator.Writing.Fhir.Fhir;

namespace DorsetCareRecord.Simulator.Dialects.Gp;

/// <summary>UKCore-Patient with the practice and its doctors.</summary>
internal static class PatientEntries
{
    private const string Extensions = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-";

    public static void Add(GpBundle bundle, Person person)
    {
        bundle.Add(Resource("Organization", bundle.Id("Organization", person.Practice.Ods))
            .With("identifier", Array(new JsonObject { ["system"] = Ods, ["value"] = person.Practice.Ods }))
            .With("name", person.Practice.Name)
            .With("telecom", Array(new JsonObject { ["system"] = "phone", ["value"] = person.Practice.Telephone }))
            .With("address", Array(new JsonObject { ["city"] = person.Practice.Town, ["district"] = "Dorset" })));
        var doctor = person.Doctor;
        bundle.Add(Resource("Practitioner", bundle.Id("Practitioner", doctor.Code))
            .With("identifier", Array(new JsonObject { ["system"] = "https://fhir.hl7.org.uk/Id/gmp-number", ["value"] = doctor.Code }))
            .With("name", Array(Name(doctor.Title, [doctor.Forename], doctor.Surname, "official"))));
        bundle.Add(Patient(bundle, person));
    }

    private static JsonObject Patient(GpBundle bundle, Person person) => Resource("Patient", bundle.Id("Patient", "self"))
        .With("extension", Array(new JsonObject
        {
            ["url"] = Extensions + "EthnicCategory",
            ["valueCodeableConcept"] = Code("https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland", person.Ethnicity),
        }))
        .With("identifier", Array(NhsNumberOf(person), new JsonObject
        {
            ["system"] = "https://gp-system.example.org/Id/patient",
            ["value"] = Convert.ToString(100_000 + person.Index, System.Globalization.CultureInfo.InvariantCulture),
        }))
        .With("active", true)
        .With("name", Array(
            Name(person.Title, person.MiddleName is null ? [person.Forename] : [person.Forename, person.MiddleName], person.Surname, "official"),
            person.BirthSurname is null ? null : Name(null, [person.Forename], person.BirthSurname, "maiden")))
        .With("telecom", Array(
            Telecom("phone", "home", person.Home.Telephone), Telecom("phone", "mobile", person.Mobile), Telecom("email", "home", person.Email)))
        .With("gender", person.Sex == Sex.Female ? "female" : "male")
        .With("birthDate", Day(person.Born))
        .With("deceasedDateTime", person.Died is { } died ? Day(died) : null)
        .With("address", Array(AddressOf(person.Home.Address)))
        .With("contact", person.Kin.Count == 0 ? null : Array(person.Kin.Select((kin, i) => (JsonNode)new JsonObject
        {
            ["relationship"] = Array(
                Code("http://terminology.hl7.org/CodeSystem/v2-0131", i == 0 ? "N" : "C", i == 0 ? "Next-of-Kin" : "Emergency Contact"),
                new JsonObject { ["text"] = kin.Relationship }),
            ["name"] = Name(kin.Title, [kin.Forename], kin.Surname, "usual"),
            ["telecom"] = Array(Telecom("phone", "home", kin.Telephone), Telecom("phone", "mobile", kin.Mobile)),
            ["address"] = AddressOf(kin.Address),
        })))
        .With("communication", Array(new JsonObject { ["language"] = Code("urn:ietf:bcp:47", person.Language), ["preferred"] = true }))
        .With("generalPractitioner", Array(Reference(bundle.PractitionerUrn(person.Doctor), person.Doctor.Named)))
        .With("managingOrganization", Reference(bundle.OrganizationUrn, person.Practice.Name));

    private static JsonObject NhsNumberOf(Person person) => new()
    {
        ["extension"] = Array(new JsonObject
        {
            ["url"] = Extensions + "NHSNumberVerificationStatus",
            ["valueCodeableConcept"] = Code(
                "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", "01", "Number present and verified"),
        }),
        ["system"] = NhsNumber,
        ["value"] = person.NhsNumber,
    };

    private static JsonObject Name(string? title, string[] given, string family, string use) => new JsonObject { ["use"] = use, ["family"] = family }
        .With("given", Array(given.Select(name => (JsonNode?)name)))
        .With("prefix", title is null ? null : Array((JsonNode?)title));

    private static JsonObject AddressOf(Address address) => new JsonObject { ["use"] = "home" }
        .With("line", Array(new[] { address.Line1, address.Line2 }.Where(line => line is not null).Select(line => (JsonNode?)line)))
        .With("city", address.PostTown).With("district", "Dorset").With("postalCode", address.Postcode);

    private static JsonObject? Telecom(string system, string use, string? value) =>
        value is null ? null : new JsonObject { ["system"] = system, ["value"] = value, ["use"] = use };
}

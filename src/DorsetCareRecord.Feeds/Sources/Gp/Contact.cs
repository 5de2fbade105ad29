using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-RelatedPerson and UKCore-Patient.contact.</summary>
internal static class GpContact
{
    public static Contact Read(R4.RelatedPerson related, GpEntry entry, GpBundle bundle)
    {
        var address = People.AddressOf(related.Address);
        return new Contact
        {
            Role = RoleOf(related.Relationship),
            Name = People.TextOf(People.NameOf(related.Name)) ?? "Name not given",
            Relationship = RelationshipOf(related.Relationship),
            Coding = related.Relationship.Select(Concepts.CodingOf).FirstOrDefault(c => c is not null),
            Telephone = People.Telephone(related.Telecom),
            Mobile = People.Mobile(related.Telecom),
            Email = People.Email(related.Telecom),
            Address = Words.Join(", ", [People.LinesOf(address), Postcode.Of(address?.PostalCode)]),
            From = bundle.Date(related.Period?.StartElement, entry, "period.start"),
            Until = bundle.Date(related.Period?.EndElement, entry, "period.end"),
        };
    }

    public static Contact Read(R4.Patient.ContactComponent contact, GpEntry entry, GpBundle bundle) => new()
    {
        Role = RoleOf(contact.Relationship),
        Name = People.TextOf(contact.Name) ?? "Name not given",
        Relationship = RelationshipOf(contact.Relationship),
        Coding = contact.Relationship.Select(Concepts.CodingOf).FirstOrDefault(c => c is not null),
        Telephone = People.Telephone(contact.Telecom),
        Mobile = People.Mobile(contact.Telecom),
        Email = People.Email(contact.Telecom),
        Address = Words.Join(", ", [People.LinesOf(contact.Address), Postcode.Of(contact.Address?.PostalCode)]),
        From = bundle.Date(contact.Period?.StartElement, entry, "contact.period.start"),
        Until = bundle.Date(contact.Period?.EndElement, entry, "contact.period.end"),
    };

    /// <summary>Patient.contact has no id of its own: the name and relationship stand for it.</summary>
    public static string KeyOf(Contact contact) => $"contact|{contact.Name}|{contact.Relationship}".ToUpperInvariant();

    /// <summary>Daughter, neighbour: the role, which has a place of its own, only when there is nothing else.</summary>
    private static string? RelationshipOf(IReadOnlyList<R4.CodeableConcept> relationship) => Concepts.TextOf(relationship.Where(c =>
        Words.Of(c.Text) is not null || !c.Coding.Exists(coding => GpBundle.Raw(coding.SystemElement)?.EndsWith("v2-0131", StringComparison.Ordinal) == true)))
        ?? Concepts.TextOf(relationship);

    /// <summary>HL7 table 0131, UKCore-AdditionalPersonRelationshipRole and v3 RoleCode.</summary>
    private static ContactRole RoleOf(IReadOnlyList<R4.CodeableConcept> relationship)
    {
        var codes = Concepts.Codes(relationship).ToList();
        var words = Concepts.TextOf(relationship) ?? "";
        return codes.Contains("N") || codes.Contains("NOK") || Says("next of kin") ? ContactRole.NextOfKin
            : codes.Contains("POWATT") || codes.Contains("HPOWATT") || codes.Contains("LPA") || Says("power of attorney") ? ContactRole.LastingPowerOfAttorney
            : codes.Contains("main-carer") || Says("main carer") ? ContactRole.MainCarer
            : codes.Contains("Carer") || codes.Contains("informal-carer") || Says("carer") ? ContactRole.Carer
            : codes.Contains("C") || codes.Contains("ECON") || Says("emergency contact") ? ContactRole.EmergencyContact
            : ContactRole.Other;

        bool Says(string role) => words.Contains(role, StringComparison.OrdinalIgnoreCase);
    }
}

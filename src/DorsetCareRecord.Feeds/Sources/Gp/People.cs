using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>HumanName, Address, ContactPoint and the people and places that references lead to, in words.</summary>
internal static class People
{
    /// <summary>The name to be called by officially; old, maiden and nicknames only when there is no other.</summary>
    public static R4.HumanName? NameOf(IReadOnlyList<R4.HumanName>? names) =>
        With(names, "official") ?? With(names, "usual") ?? names?.FirstOrDefault(n => UseOf(n.UseElement) is null or "temp") ?? (names is { Count: > 0 } ? names[0] : null);

    public static R4.HumanName? With(IReadOnlyList<R4.HumanName>? names, string use) => names?.FirstOrDefault(n => UseOf(n.UseElement) == use);

    public static string? UseOf(R4.PrimitiveType? use) => GpBundle.Raw(use);

    public static string? TextOf(R4.HumanName? name) => name is null ? null
        : Words.Of(name.Text) ?? Words.Join(" ", [Words.Join(" ", name.Prefix), Words.Join(" ", name.Given), name.Family, Words.Join(" ", name.Suffix)]);

    public static R4.Address? AddressOf(IReadOnlyList<R4.Address>? addresses) =>
        addresses?.FirstOrDefault(a => UseOf(a.UseElement) == "home") ?? addresses?.FirstOrDefault(a => UseOf(a.UseElement) != "old");

    /// <summary>Lines joined with comma and one space, without the postcode (CUI ADR-0001).</summary>
    public static string? LinesOf(R4.Address? address) => address is null ? null
        : Words.Join(", ", [.. address.Line, address.City, address.District]) ?? Words.Of(address.Text?.ReplaceLineEndings(", "));

    public static string? Telephone(IReadOnlyList<R4.ContactPoint>? telecom) =>
        Contact(telecom, "phone", use => use == "home") ?? Contact(telecom, "phone", use => use is not ("mobile" or "old"));

    public static string? Mobile(IReadOnlyList<R4.ContactPoint>? telecom) =>
        Contact(telecom, "phone", use => use == "mobile") ?? Contact(telecom, "sms", use => use != "old");

    public static string? Email(IReadOnlyList<R4.ContactPoint>? telecom) => Contact(telecom, "email", use => use != "old");

    private static string? Contact(IReadOnlyList<R4.ContactPoint>? telecom, string system, Func<string?, bool> use) =>
        telecom?.Where(t => GpBundle.Raw(t.SystemElement) == system && use(UseOf(t.UseElement)))
            .Select(t => Words.Of(t.Value)).FirstOrDefault(v => v is not null);

    /// <summary>The name of whom or what a reference leads to: as displayed, else as the bundle names it.</summary>
    public static string? NameOf(this GpBundle bundle, R4.ResourceReference? reference, GpEntry from) =>
        Words.Of(reference?.Display) ?? (bundle.Resolve(reference, from) is { } there ? NameOf(bundle, there) : null);

    public static string? NamesOf(this GpBundle bundle, IEnumerable<R4.ResourceReference> references, GpEntry from) =>
        Words.Join(", ", references.Select(r => bundle.NameOf(r, from)));

    private static string? NameOf(GpBundle bundle, GpEntry there) => there.Resource switch
    {
        R4.Practitioner practitioner => TextOf(NameOf(practitioner.Name)),
        R4.PractitionerRole role => Words.Join(", ", [bundle.NameOf(role.Practitioner, there), Concepts.TextOf(role.Code)]),
        R4.Organization organisation => Words.Of(organisation.Name),
        R4.Location location => Words.Of(location.Name),
        R4.RelatedPerson related => TextOf(NameOf(related.Name)),
        R4.Patient patient => TextOf(NameOf(patient.Name)),
        R4.CareTeam team => Words.Of(team.Name),
        R4.Specimen specimen => Concepts.TextOf(specimen.Type),
        R4.Medication medication => Concepts.TextOf(medication.Code),
        _ => null,
    };
}

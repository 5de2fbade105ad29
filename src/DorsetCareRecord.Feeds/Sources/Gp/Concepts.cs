using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>CodeableConcept: the sender's own words first, a code beside them.</summary>
internal static class Concepts
{
    public static string? TextOf(R4.CodeableConcept? concept)
    {
        if (concept is null)
            return null;
        var chosen = Chosen(concept);
        return Words.Of(concept.Text) ?? DescriptionOf(chosen) ?? Words.Of(chosen?.Display)
            ?? concept.Coding.Select(c => Words.Of(c.Display)).FirstOrDefault(d => d is not null) ?? Words.Of(GpBundle.Raw(chosen?.CodeElement));
    }

    /// <summary>The very term the user picked of a concept's several (SNOMED CT description).</summary>
    private static string? DescriptionOf(R4.Coding? coding) =>
        coding.Named("CodingSCTDescDisplay")?.Value is R4.PrimitiveType term ? Words.Of(GpBundle.Raw(term)) : null;

    public static string? TextOf(IEnumerable<R4.CodeableConcept>? concepts) => Words.Join(", ", (concepts ?? []).Select(TextOf));

    public static Coding? CodingOf(R4.CodeableConcept? concept) =>
        concept is not null && Chosen(concept) is { } chosen && Words.Of(GpBundle.Raw(chosen.CodeElement)) is { } code
            ? new Coding(code, Words.Of(GpBundle.Raw(chosen.SystemElement)), Words.Of(chosen.Display))
            : null;

    public static IEnumerable<string> Codes(R4.CodeableConcept? concept) =>
        concept?.Coding.Select(c => GpBundle.Raw(c.CodeElement)).OfType<string>() ?? [];

    public static IEnumerable<string> Codes(IEnumerable<R4.CodeableConcept>? concepts) => (concepts ?? []).SelectMany(Codes);

    /// <summary>SNOMED CT and dm+d are what the NHS records in; else what the user picked; else the first.</summary>
    private static R4.Coding? Chosen(R4.CodeableConcept concept) =>
        concept.Coding.FirstOrDefault(c => GpBundle.Raw(c.SystemElement) is CodeSystems.SnomedCt or CodeSystems.DmPlusD)
        ?? concept.Coding.FirstOrDefault(c => GpBundle.Flag(c.UserSelectedElement) == true)
        ?? concept.Coding.FirstOrDefault();
}

/// <summary>Extensions are found by the end of their URL: UK Core, CareConnect and GP Connect give them different beginnings.</summary>
internal static class Extensions
{
    public static R4.Extension? Named(this R4.IExtendable? element, string name) =>
        element?.Extension.FirstOrDefault(e => e.Url is { } url
            && (url.EndsWith(name, StringComparison.OrdinalIgnoreCase) || url.EndsWith(name + "-1", StringComparison.OrdinalIgnoreCase)));

    public static string? Code(this R4.Extension? extension) => extension?.Value switch
    {
        R4.CodeableConcept concept => Concepts.Codes(concept).FirstOrDefault(),
        R4.Coding coding => GpBundle.Raw(coding.CodeElement),
        R4.PrimitiveType primitive => GpBundle.Raw(primitive),
        _ => null,
    };
}

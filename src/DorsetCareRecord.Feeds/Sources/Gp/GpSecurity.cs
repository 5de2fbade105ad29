using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>meta.security, and a document's securityLabel (v3-Confidentiality): the strictest of what is said.</summary>
internal static class GpSecurity
{
    public static Confidentiality? Of(R4.Resource resource)
    {
        var codes = (resource.Meta?.Security ?? []).Select(s => GpBundle.Raw(s.CodeElement))
            .Concat(resource is R4.DocumentReference document ? Concepts.Codes(document.SecurityLabel) : []);
        return codes.Select(Step).Max();
    }

    private static Confidentiality? Step(string? code) => code switch
    {
        "U" or "L" or "M" or "N" => Confidentiality.Normal,
        "R" => Confidentiality.Restricted,
        "V" => Confidentiality.VeryRestricted,
        _ => null,
    };
}

using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-AllergyIntolerance.</summary>
internal static class GpAllergy
{
    /// <summary>SNOMED CT: no known allergy, drug allergy, environmental allergy, food allergy.</summary>
    private static readonly string[] NoneKnown = ["716186003", "409137002", "428607008", "429625007"];

    public static Allergy Read(R4.AllergyIntolerance allergy, GpEntry entry, GpBundle bundle)
    {
        var ended = allergy.Named("AllergyIntoleranceEnd") ?? allergy.Named("AllergyIntoleranceEndDate");
        return new Allergy
        {
            Kind = KindOf(allergy),
            Substance = Concepts.TextOf(allergy.Code) ?? Concepts.TextOf(allergy.Reaction.Select(r => r.Substance).OfType<R4.CodeableConcept>())
                ?? "Substance not stated",
            Coding = Concepts.CodingOf(allergy.Code),
            Reaction = Words.Join(", ", allergy.Reaction.SelectMany(r => r.Manifestation.Select(Concepts.TextOf).Append(r.Description))),
            Severity = SeverityOf(allergy),
            SeverityText = GpBundle.Raw(allergy.CriticalityElement) is { } criticality ? $"criticality {criticality}" : null,
            Status = StatusOf(allergy),
            OnsetOn = bundle.Date(allergy.Onset as R4.PrimitiveType ?? (allergy.Onset as R4.Period)?.StartElement, entry, "onset"),
            EndedOn = bundle.Date((ended?.Value ?? ended.Named("endDate")?.Value) as R4.PrimitiveType, entry, "extension"),
            RecordedOn = bundle.Date(allergy.RecordedDateElement, entry, "recordedDate"),
            Certainty = Concepts.Codes(allergy.VerificationStatus).FirstOrDefault(),
            Notes = Words.Join("\n", allergy.Note.Select(n => n.Text)),
        };
    }

    private static AllergyKind KindOf(R4.AllergyIntolerance allergy) =>
        Concepts.Codes(allergy.Code).Any(NoneKnown.Contains) ? AllergyKind.NoKnownAllergies : GpBundle.Raw(allergy.TypeElement) switch
        {
            "allergy" => AllergyKind.Allergy,
            "intolerance" => AllergyKind.Intolerance,
            _ => AllergyKind.NotStated,
        };

    /// <summary>The worst that was seen.</summary>
    private static AllergySeverity? SeverityOf(R4.AllergyIntolerance allergy) => allergy.Reaction
        .Select(r => GpBundle.Raw(r.SeverityElement) switch
        {
            "mild" => AllergySeverity.Mild,
            "moderate" => AllergySeverity.Moderate,
            "severe" => AllergySeverity.Severe,
            _ => (AllergySeverity?)null,
        })
        .Max();

    private static AllergyStatus StatusOf(R4.AllergyIntolerance allergy) =>
        Concepts.Codes(allergy.VerificationStatus).Contains("refuted") ? AllergyStatus.Refuted
        : Concepts.Codes(allergy.ClinicalStatus).FirstOrDefault() switch
        {
            "active" => AllergyStatus.Active,
            "inactive" or "resolved" => AllergyStatus.Resolved,
            _ => AllergyStatus.NotStated,
        };
}

using System.Globalization;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-Immunization. GP systems send the procedure ("measles vaccination") and often no product beside it.</summary>
internal static class GpImmunisation
{
    public static Immunisation Read(R4.Immunization immunization, GpEntry entry, GpBundle bundle)
    {
        var procedure = immunization.Named("VaccinationProcedure")?.Value as R4.CodeableConcept;
        var product = IsUnknown(immunization.VaccineCode) ? null : immunization.VaccineCode;
        var dose = immunization.ProtocolApplied.FirstOrDefault();
        return new Immunisation
        {
            Vaccine = Concepts.TextOf(product) ?? Concepts.TextOf(procedure) ?? "Vaccine not named",
            Coding = Concepts.CodingOf(product) ?? Concepts.CodingOf(procedure),
            Status = GpBundle.Raw(immunization.StatusElement) switch
            {
                "completed" => ImmunisationStatus.Given,
                "not-done" => ImmunisationStatus.NotGiven,
                _ => ImmunisationStatus.NotStated,
            },
            Disease = Concepts.TextOf(dose?.TargetDisease) ?? (product is null ? null : Concepts.TextOf(procedure)),
            GivenOn = bundle.Date(immunization.Occurrence as R4.FhirDateTime, entry, "occurrence"),
            RecordedOn = bundle.Date(
                immunization.RecordedElement ?? immunization.Named("DateRecorded")?.Value as R4.PrimitiveType, entry, "recorded"),
            Dose = Words.Join(" ",
            [
                Convert.ToString(immunization.DoseQuantity?.ValueElement?.JsonValue, CultureInfo.InvariantCulture),
                immunization.DoseQuantity?.Unit ?? GpBundle.Raw(immunization.DoseQuantity?.CodeElement),
            ]),
            DoseNumber = Words.Join(" of ", [GpBundle.Raw(dose?.DoseNumber as R4.PrimitiveType), GpBundle.Raw(dose?.SeriesDoses as R4.PrimitiveType)]),
            BatchNumber = Words.Of(immunization.LotNumber),
            ExpiresOn = bundle.Date(immunization.ExpirationDateElement, entry, "expirationDate"),
            Manufacturer = bundle.NameOf(immunization.Manufacturer, entry),
            Site = Concepts.TextOf(immunization.Site),
            Route = Concepts.TextOf(immunization.Route),
            GivenBy = bundle.NamesOf(immunization.Performer.Select(p => p.Actor).OfType<R4.ResourceReference>(), entry),
            Place = bundle.NameOf(immunization.Location, entry),
            Reason = Concepts.TextOf(immunization.StatusReason) ?? Concepts.TextOf(immunization.ReasonCode),
            IsFirstHand = GpBundle.Flag(immunization.PrimarySourceElement),
            Notes = Words.Join("\n", immunization.Note.Select(n => n.Text)),
        };
    }

    /// <summary>v3 NullFlavor: a product the system does not know.</summary>
    private static bool IsUnknown(R4.CodeableConcept? product) =>
        product is null || (Words.Of(product.Text) is null
            && product.Coding.TrueForAll(c => GpBundle.Raw(c.SystemElement)?.EndsWith("NullFlavor", StringComparison.Ordinal) == true));
}

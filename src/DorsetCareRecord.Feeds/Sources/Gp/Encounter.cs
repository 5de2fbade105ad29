using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-Encounter: consultations.</summary>
internal static class GpEncounter
{
    /// <param name="notes">What was written in it.</param>
    public static Encounter Read(R4.Encounter encounter, string? notes, GpEntry entry, GpBundle bundle) => new()
    {
        Kind = KindOf(GpBundle.Raw(encounter.Class?.CodeElement)),
        Status = StatusOf(GpBundle.Raw(encounter.StatusElement), entry, bundle),
        StartAt = bundle.Date(encounter.Period?.StartElement, entry, "period.start"),
        EndAt = bundle.Date(encounter.Period?.EndElement, entry, "period.end"),
        Location = bundle.NamesOf(encounter.Location.Select(l => l.Location), entry),
        Site = bundle.NameOf(encounter.ServiceProvider, entry),
        Specialty = Concepts.TextOf(encounter.ServiceType) ?? Concepts.TextOf(encounter.Type),
        SpecialtyCode = Concepts.CodingOf(encounter.ServiceType)?.Code,
        Clinician = bundle.NamesOf(encounter.Participant.Select(p => p.Individual).OfType<R4.ResourceReference>(), entry),
        Reason = Concepts.TextOf(encounter.ReasonCode),
        AdmissionMethod = Concepts.TextOf(encounter.Hospitalization.Named("AdmissionMethod")?.Value as R4.CodeableConcept),
        DischargeMethod = Concepts.TextOf(encounter.Hospitalization.Named("DischargeMethod")?.Value as R4.CodeableConcept),
        DischargeDestination = Concepts.TextOf(encounter.Hospitalization?.DischargeDisposition),
        Outcome = Concepts.TextOf(encounter.Named("OutcomeOfAttendance")?.Value as R4.CodeableConcept),
        Notes = notes,
    };

    /// <summary>HL7 v3 ActCode; a practice's own consultations are ambulatory, at home or virtual.</summary>
    private static EncounterKind KindOf(string? code) => code switch
    {
        "IMP" or "ACUTE" or "NONAC" or "OBSENC" or "PRENC" => EncounterKind.Inpatient,
        "EMER" => EncounterKind.Emergency,
        "SS" => EncounterKind.DayCase,
        "FLD" => EncounterKind.Community,
        _ => EncounterKind.GeneralPractice,
    };

    private static EncounterStatus? StatusOf(string? code, GpEntry entry, GpBundle bundle)
    {
        switch (code)
        {
            case "planned": return EncounterStatus.Planned;
            case "arrived" or "triaged" or "in-progress" or "onleave": return EncounterStatus.InProgress;
            case "finished": return EncounterStatus.Finished;
            case "cancelled": return EncounterStatus.Cancelled;
            case null or "unknown": return null;
            default:
                bundle.Remark(Reasons.UnmappedCode, $"{entry.Place}.status");
                return null;
        }
    }
}

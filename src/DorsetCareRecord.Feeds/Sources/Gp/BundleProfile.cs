using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>What is particular to one sender of FHIR bundles; all else is shared.</summary>
internal sealed record BundleProfile
{
    public required string Source { get; init; }

    /// <summary>Under which id the source keeps a patient; null when the bundle does not say.</summary>
    public required Func<R4.Patient, string?, string?> LocalId { get; init; }

    /// <summary>The organisation an item comes from; null for the source's own.</summary>
    public required Func<GpEntry, GpBundle, GpPatient, string?> OriginOf { get; init; }

    /// <summary>Whether resources of this kind are taken from this sender.</summary>
    public Func<R4.Resource, bool> Takes { get; init; } = static _ => true;

    /// <summary>Patient.contact is the sender's whole list of those around the patient.</summary>
    public bool StatesContacts { get; init; } = true;

    /// <summary>GP systems: a patient's number is unique within the practice only, which therefore stands in front of it.</summary>
    public static BundleProfile Gp { get; } = new()
    {
        Source = SourceCodes.Gp,
        LocalId = static (patient, practice) =>
            (patient.Identifier.Where(i => !GpPatients.IsNhsNumber(i)).Select(i => Words.Of(i.Value)).FirstOrDefault(v => v is not null)
                ?? Words.Of(patient.Id)) is { } id ? $"{practice ?? "-"}|{id}" : null,
        OriginOf = static (_, _, patient) => patient.PracticeName,
    };
}

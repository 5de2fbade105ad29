using DorsetCareRecord.Feeds.Sources.Gp.Stu3;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>
/// UKCore-ServiceRequest: a referral made, or something due (a recall or diary entry). Requests for tests are read with
/// their reports and are neither.
/// </summary>
internal static class GpReferral
{
    /// <summary>Null for a request that is neither.</summary>
    public static EncounterKind? KindOf(R4.ServiceRequest request) =>
        Concepts.Codes(request.Category).Contains(Stu3Resources.PatientReferral) ? EncounterKind.Referral
        : GpBundle.Raw(request.IntentElement) is "plan" or "proposal" ? EncounterKind.Recall
        : null;

    public static Encounter Read(R4.ServiceRequest request, EncounterKind kind, GpEntry entry, GpBundle bundle) => new()
    {
        Kind = kind,
        Status = GpBundle.Raw(request.StatusElement) switch
        {
            "draft" or "active" or "on-hold" => EncounterStatus.Planned,
            "completed" => EncounterStatus.Finished,
            "revoked" => EncounterStatus.Cancelled,
            _ => null,
        },
        StartAt = bundle.Date(request.Occurrence as R4.PrimitiveType ?? (request.Occurrence as R4.Period)?.StartElement, entry, "occurrence")
            ?? bundle.Date(request.AuthoredOnElement, entry, "authoredOn"),
        Specialty = kind == EncounterKind.Referral
            ? bundle.NamesOf(request.Performer, entry) ?? Concepts.TextOf(request.PerformerType) : null,
        Clinician = bundle.NameOf(request.Requester, entry),
        Reason = Words.Join(", ", [Concepts.TextOf(request.Code), Concepts.TextOf(request.ReasonCode)]),
        Notes = Words.Join("\n", request.Note.Select(n => n.Text)),
    };
}

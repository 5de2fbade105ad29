using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

public enum EncounterKind
{
    Inpatient = 1,
    Outpatient = 2,
    Emergency = 3,
    DayCase = 4,
    GeneralPractice = 5,
    Community = 6,
    SocialCare = 7,
    Other = 8,

    /// <summary>A referral made: to whom and why. Not an attendance.</summary>
    Referral = 9,

    /// <summary>Something due by a date, from a recall or diary. Not an appointment.</summary>
    Recall = 10,
}

public enum EncounterStatus
{
    Planned = 1,
    InProgress = 2,
    Finished = 3,
    Cancelled = 4,
    EnteredInError = 5,
}

/// <summary>
/// An admission, attendance, appointment or consultation (PV1, PV2, SCH; Encounter, Appointment). Stated piecemeal: a
/// discharge may come before its admission, so statements are laid over each other.
/// </summary>
public sealed record Encounter : Item
{
    public override Section Section => Section.Encounters;
    public EncounterKind? Kind { get; init; }
    public EncounterStatus? Status { get; init; }

    /// <summary>Admission, attendance or appointment time. A past appointment whose outcome was not sent is not attended.</summary>
    public ClinicalDate? StartAt { get; init; }

    public ClinicalDate? EndAt { get; init; }

    /// <summary>Ward or clinic in words where sent.</summary>
    public string? Location { get; init; }

    public string? Site { get; init; }
    public string? Specialty { get; init; }
    public string? SpecialtyCode { get; init; }
    public string? Clinician { get; init; }
    public string? Reason { get; init; }
    public string? AdmissionMethod { get; init; }
    public string? DischargeMethod { get; init; }
    public string? DischargeDestination { get; init; }

    /// <summary>Attended, did not attend...: only when the source sends it, never inferred.</summary>
    public string? Outcome { get; init; }

    /// <summary>What was written in a consultation, one entry a line, in the order it was written.</summary>
    public string? Notes { get; init; }

    public override Item LaidOver(Item? older) => older is not Encounter o ? this : this with
    {
        Kind = Keep(nameof(Kind), Kind, o.Kind),
        Status = Keep(nameof(Status), Status, o.Status),
        StartAt = Keep(nameof(StartAt), StartAt, o.StartAt),
        EndAt = Keep(nameof(EndAt), EndAt, o.EndAt),
        Location = Keep(nameof(Location), Location, o.Location),
        Site = Keep(nameof(Site), Site, o.Site),
        Specialty = Keep(nameof(Specialty), Specialty, o.Specialty),
        SpecialtyCode = Keep(nameof(SpecialtyCode), SpecialtyCode, o.SpecialtyCode),
        Clinician = Keep(nameof(Clinician), Clinician, o.Clinician),
        Reason = Keep(nameof(Reason), Reason, o.Reason),
        AdmissionMethod = Keep(nameof(AdmissionMethod), AdmissionMethod, o.AdmissionMethod),
        DischargeMethod = Keep(nameof(DischargeMethod), DischargeMethod, o.DischargeMethod),
        DischargeDestination = Keep(nameof(DischargeDestination), DischargeDestination, o.DischargeDestination),
        Outcome = Keep(nameof(Outcome), Outcome, o.Outcome),
        Notes = Keep(nameof(Notes), Notes, o.Notes),
        Organisation = Keep(nameof(Organisation), Organisation, o.Organisation),
        Audience = Audience ?? o.Audience,
        Confidentiality = Keep(nameof(Confidentiality), Confidentiality, o.Confidentiality),
    };

    private T? Keep<T>(string name, T? mine, T? olders) => mine ?? (Cleared?.Contains(name) == true ? default : olders);
}

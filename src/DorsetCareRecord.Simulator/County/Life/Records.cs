using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Documents;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>An entry of the GP's problem list.</summary>
internal sealed record ProblemEntry(string Key, string Term, string? Code, bool IsMajor, DateOnly Since, DateOnly? Ended,
    string? Note);

/// <summary>A medicine on the GP's list: repeat, or acute for a course.</summary>
internal sealed record Medication(
    string Key, Drug Drug, bool IsRepeat, DateOnly Started, DateOnly? Ended, DateOnly LastIssued, string? Reason);

/// <summary>A contact with the practice.</summary>
internal sealed record Consultation(
    string Key, DateTime At, Clinician With, string Kind, string Reason, string Notes, IReadOnlyList<Reading> Readings);

/// <summary>A measurement in the surgery. Blood pressure has two numbers, all others one.</summary>
internal sealed record Reading(string Key, DateTime At, string Term, string? Code, double Value, double? Second, string Unit,
    string? Text = null);

internal enum VisitKind
{
    Emergency,
    Inpatient,
    DayCase,
    Outpatient,
}

/// <summary>An attendance, admission or appointment at one hospital.</summary>
internal sealed record Visit
{
    public required string Trust { get; init; }
    public required string Number { get; init; }
    public required VisitKind Kind { get; init; }

    /// <summary>Arrival, admission or appointment.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Null while in hospital, and for an appointment.</summary>
    public DateTime? End { get; init; }

    public DateTime? BookedAt { get; init; }
    public DateTime? CancelledAt { get; init; }
    public required (string Code, string Name) Ward { get; init; }

    /// <summary>The ward the patient was first put on, and when they moved.</summary>
    public (string Code, string Name)? FirstWard { get; init; }

    public DateTime? MovedAt { get; init; }
    public required Clinician Consultant { get; init; }
    public required Specialty Specialty { get; init; }
    public required string Reason { get; init; }

    /// <summary>ICD-10 and words; coded at the end.</summary>
    public IReadOnlyList<(string Icd10, string Text)> Diagnoses { get; init; } = [];

    /// <summary>ADMISSION METHOD: 11 waiting list, 21 emergency department, 31 maternity.</summary>
    public string? AdmissionMethod { get; init; }

    /// <summary>DISCHARGE METHOD: 1 on advice, 4 died.</summary>
    public string? DischargeMethod { get; init; }

    /// <summary>DISCHARGE DESTINATION: 19 usual place of residence, 79 died.</summary>
    public string? DischargeDestination { get; init; }

    /// <summary>Left the department for a ward.</summary>
    public bool WasAdmitted { get; init; }
}

internal enum LetterKind
{
    Discharge,
    Emergency,
    Clinic,
}

/// <summary>A letter a hospital wrote.</summary>
internal sealed record HospitalLetter(
    string Key, string Trust, LetterKind Kind, string Title, DateTime Written, Clinician Author, Specialty Specialty,
        string? VisitNumber, LetterText Text);

using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-Condition.</summary>
internal static class GpProblem
{
    public static Problem Read(R4.Condition condition, GpEntry entry, GpBundle bundle) => new()
    {
        Kind = Concepts.Codes(condition.Category).Contains("encounter-diagnosis") ? ProblemKind.Diagnosis : ProblemKind.Problem,
        Text = Concepts.TextOf(condition.Code) ?? "Problem not named",
        Coding = Concepts.CodingOf(condition.Code),
        Status = StatusOf(condition),
        OnsetOn = bundle.Date(Start(condition.Onset), entry, "onset"),
        EndedOn = bundle.Date(Start(condition.Abatement), entry, "abatement"),
        RecordedOn = bundle.Date(condition.RecordedDateElement, entry, "recordedDate"),
        RecordedBy = bundle.NameOf(condition.Recorder, entry) ?? bundle.NameOf(condition.Asserter, entry),
        Significance = Words.Of(condition.Named("ProblemSignificance").Code()),
        EncounterKey = bundle.KeyOf(condition.Encounter, entry),
        Notes = Words.Join("\n", condition.Note.Select(n => n.Text)),
    };

    private static ProblemStatus StatusOf(R4.Condition condition) => Concepts.Codes(condition.ClinicalStatus).FirstOrDefault() switch
    {
        "active" or "recurrence" or "relapse" => ProblemStatus.Active,
        "inactive" or "remission" or "resolved" => ProblemStatus.Resolved,
        _ => ProblemStatus.NotStated,
    };

    /// <summary>Ages and ranges are no dates and are left to the notes.</summary>
    private static R4.FhirDateTime? Start(R4.DataType? when) => when as R4.FhirDateTime ?? (when as R4.Period)?.StartElement;
}

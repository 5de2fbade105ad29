using System.Globalization;
using System.Text.Json.Nodes;
using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Life;
using static DorsetCareRecord.Simulator.Writing.Fhir.Fhir;

namespace DorsetCareRecord.Simulator.Dialects.Gp;

/// <summary>UKCore-AllergyIntolerance.</summary>
internal static class AllergyEntries
{
    public static List<string> Add(GpBundle bundle, History history, DateOnly day, bool ended) =>
    [
        .. history.Allergies.Where(entry => entry.Recorded <= day && ended == (entry.Ended is { } end && end <= day))
            .Select(entry => bundle.Add(Allergy(bundle, history, entry, ended))),
    ];

    private static JsonObject Allergy(GpBundle bundle, History history, AllergyEntry entry, bool ended) =>
        Resource("AllergyIntolerance", bundle.Id("AllergyIntolerance", entry.Key))
            .With("clinicalStatus", Code("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", ended ? "resolved" : "active"))
            .With("verificationStatus", Code("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", entry.IsConfirmed ? "confirmed" : "unconfirmed"))
            .With("type", entry.IsNone ? null : "allergy")
            .With("category", entry.Allergen is { } allergen ? Array((JsonNode?)(allergen.Hl7Type switch { "DA" => "medication", "FA" => "food", _ => "environment" })) : null)
            .With("code", Coded(Snomed, entry.Code, entry.IsNone ? "No known allergies" : entry.Substance))
            .With("patient", Reference(bundle.PatientUrn))
            .With("recordedDate", Day(entry.Recorded))
            .With("recorder", Reference(bundle.PractitionerUrn(history.Person.Doctor), history.Person.Doctor.Named))
            .With("reaction", entry.Reaction is not { } reaction ? null : Array(new JsonObject
            {
                ["manifestation"] = Array(Coded(Snomed, reaction.Code, reaction.Term)),
                ["severity"] = reaction.Severity,
            }))
            .With("note", entry.Ended is { } end && ended ? Array(new JsonObject { ["text"] = $"Removed {Day(end)} after allergy testing." }) : null);
}

/// <summary>UKCore-Condition, category problem list item.</summary>
internal static class ProblemEntries
{
    public static List<string> Add(GpBundle bundle, History history, DateOnly day) =>
    [
        .. history.Problems.Where(problem => problem.Since <= day && (problem.IsMajor || problem.Ended is null || problem.Ended > day.AddYears(-2)))
            .Select(problem => bundle.Add(Condition(bundle, history, problem, day))),
    ];

    private static JsonObject Condition(GpBundle bundle, History history, ProblemEntry problem, DateOnly day)
    {
        var ended = problem.Ended is { } end && end <= day ? problem.Ended : null;
        return Resource("Condition", bundle.Id("Condition", problem.Key))
            .With("extension", Array(new JsonObject
            {
                ["url"] = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ConditionProblemSignificance",
                ["valueCode"] = problem.IsMajor ? "major" : "minor",
            }))
            .With("clinicalStatus", Code("http://terminology.hl7.org/CodeSystem/condition-clinical", ended is null ? "active" : "resolved"))
            .With("category", Array(Code("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item", "Problem List Item")))
            .With("code", Coded(Snomed, problem.Code, problem.Term, isPreferredTerm: problem.Note is null))
            .With("subject", Reference(bundle.PatientUrn))
            .With("onsetDateTime", Day(problem.Since))
            .With("abatementDateTime", ended is { } gone ? Day(gone) : null)
            .With("recordedDate", Day(problem.Since))
            .With("asserter", Reference(bundle.PractitionerUrn(history.Person.Doctor), history.Person.Doctor.Named))
            .With("note", problem.Note is null ? null : Array(new JsonObject { ["text"] = problem.Note }));
    }
}

/// <summary>UKCore-MedicationStatement, with the plan it is based on and the last issue as MedicationRequests.</summary>
internal static class MedicineEntries
{
    public static List<string> Add(GpBundle bundle, History history, DateOnly day) =>
    [
        .. history.Medications.Where(medication => medication.Started <= day && (medication.Ended is null || medication.Ended > day.AddMonths(-12)))
            .Select(medication => Medicine(bundle, history, medication, day)),
    ];

    private static string Medicine(GpBundle bundle, History history, Medication medication, DateOnly day)
    {
        var isOver = medication.Ended is { } end && end <= day;
        var plan = bundle.Add(Request(bundle, history, medication, "plan", isOver).With("authoredOn", Day(medication.Started)));
        bundle.Add(Request(bundle, history, medication, "order", isOver: true)
            .With("basedOn", Array(Reference(plan)))
            .With("authoredOn", Day(medication.LastIssued)));
        return bundle.Add(Resource("MedicationStatement", bundle.Id("MedicationStatement", medication.Key))
            .With("basedOn", Array(Reference(plan)))
            .With("status", isOver ? medication.IsRepeat ? "stopped" : "completed" : "active")
            .With("category", Code("http://terminology.hl7.org/CodeSystem/medication-statement-category", "community", "Community"))
            .With("medicationCodeableConcept", Coded(Dmd, medication.Drug.Code, medication.Drug.Name))
            .With("subject", Reference(bundle.PatientUrn))
            .With("effectivePeriod", Period(Day(medication.Started), medication.Ended is { } until ? Day(until) : null))
            .With("dateAsserted", Day(medication.Started))
            .With("informationSource", Reference(bundle.PractitionerUrn(history.Person.Doctor), history.Person.Doctor.Named))
            .With("reasonCode", medication.Reason is null ? null : Array(new JsonObject { ["text"] = medication.Reason }))
            .With("dosage", Array(new JsonObject { ["text"] = medication.Drug.Direction })));
    }

    private static JsonObject Request(GpBundle bundle, History history, Medication medication, string intent, bool isOver)
    {
        var space = medication.Drug.Quantity.IndexOf(' ', StringComparison.Ordinal);
        return Resource("MedicationRequest", bundle.Id($"MedicationRequest-{intent}", medication.Key))
            .With("status", isOver ? "completed" : "active")
            .With("intent", intent)
            .With("medicationCodeableConcept", Coded(Dmd, medication.Drug.Code, medication.Drug.Name))
            .With("subject", Reference(bundle.PatientUrn))
            .With("requester", Reference(bundle.PractitionerUrn(history.Person.Doctor), history.Person.Doctor.Named))
            .With("courseOfTherapyType", Code(
                "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy", medication.IsRepeat ? "continuous" : "acute",
                medication.IsRepeat ? "Continuous long term therapy" : "Short course (acute) therapy"))
            .With("dosageInstruction", Array(new JsonObject { ["text"] = medication.Drug.Direction }))
            .With("dispenseRequest", new JsonObject
            {
                ["quantity"] = new JsonObject
                {
                    ["value"] = int.Parse(medication.Drug.Quantity.AsSpan(0, space), CultureInfo.InvariantCulture),
                    ["unit"] = medication.Drug.Quantity[(space + 1)..],
                },
            });
    }
}

using System.Text.Json.Nodes;

namespace DorsetCareRecord.Feeds.Sources.Gp.Stu3;

/// <summary>What R4 calls or shapes differently, resource by resource. Types without a row are the same in both.</summary>
internal static class Stu3Resources
{
    private const string Terms = "http://terminology.hl7.org/CodeSystem/";

    /// <summary>SNOMED CT "Patient referral": tells a referral from the other ServiceRequests it becomes one of.</summary>
    public const string PatientReferral = "3457005";

    private static readonly Dictionary<string, Action<JsonObject>> Rows = new(StringComparer.Ordinal)
    {
        ["AllergyIntolerance"] = Allergy,
        ["CareTeam"] = r => r.Rename("context", "encounter"),
        ["Condition"] = Condition,
        ["DiagnosticReport"] = DiagnosticReport,
        ["DocumentReference"] = DocumentReference,
        ["Encounter"] = Encounter,
        ["Flag"] = r => r.Several("category"),
        ["Immunization"] = Immunization,
        ["Location"] = r => r.Several("type"),
        ["Medication"] = Medication,
        ["MedicationRequest"] = MedicationRequest,
        ["MedicationStatement"] = MedicationStatement,
        ["Observation"] = Observation,
        ["Patient"] = r => r.Several("generalPractitioner"),
        ["Procedure"] = Procedure,
        ["ProcedureRequest"] = r => ServiceRequest(r),
        ["QuestionnaireResponse"] = QuestionnaireResponse,
        ["ReferralRequest"] = Referral,
        ["RelatedPerson"] = r => r.Several("relationship"),
    };

    public static void Convert(JsonObject resource)
    {
        if (resource.Text("resourceType") is { } type && Rows.TryGetValue(type, out var convert))
            convert(resource);
    }

    private static void Allergy(JsonObject r)
    {
        r.Concept("clinicalStatus", Terms + "allergyintolerance-clinical");
        r.Concept("verificationStatus", Terms + "allergyintolerance-verification");
        r.Rename("assertedDate", "recordedDate");
    }

    private static void Condition(JsonObject r)
    {
        r.Concept("clinicalStatus", Terms + "condition-clinical");
        r.Concept("verificationStatus", Terms + "condition-ver-status");
        r.Rename("assertedDate", "recordedDate");
        r.Rename("context", "encounter");
        r.Several("stage");
    }

    private static void DiagnosticReport(JsonObject r)
    {
        r.Rename("context", "encounter");
        r.Rename("codedDiagnosis", "conclusionCode");
        r.Rename("image", "media");
        r.Several("category");
        if (r.Objects("performer").Any(p => p.ContainsKey("actor")))
            r.Unwrap("performer", "actor");
    }

    /// <summary><c>created</c> is the letter's own date and goes to its attachment; <c>indexed</c> is when the practice filed it.</summary>
    private static void DocumentReference(JsonObject r)
    {
        r.Rename("indexed", "date");
        if (r.Objects("content").FirstOrDefault()?.Object("attachment") is { } attachment && !attachment.ContainsKey("creation")
            && r.Take("created") is { } created)
            attachment["creation"] = created;
        r.Rename("class", "category");
        r.Several("category");
        r.Object("context")?.Several("encounter");
        r.Object("context")?.Unwrap("related", "ref");
    }

    private static void Encounter(JsonObject r)
    {
        r.Rename("incomingReferral", "basedOn");
        r.Rename("reason", "reasonCode");
        foreach (var diagnosis in r.Objects("diagnosis"))
            diagnosis.Rename("role", "use");
    }

    private static void Immunization(JsonObject r)
    {
        if (r.Take("notGiven") is JsonValue notGiven && notGiven.TryGetValue<bool>(out var isNotGiven) && isNotGiven)
            r["status"] = "not-done";
        r.Rename("date", "occurrenceDateTime");
        r.Rename("practitioner", "performer");
        foreach (var performer in r.Objects("performer"))
            performer.Rename("role", "function");
        if (r.Take("explanation") is JsonObject explanation)
        {
            if (explanation.Take("reason") is { } reason)
                r["reasonCode"] = reason;
            if (explanation.Take("reasonNotGiven") is JsonArray { Count: > 0 } reasons && reasons[0] is { } first)
                r["statusReason"] = first.DeepClone();
        }

        r.Rename("vaccinationProtocol", "protocolApplied");
        foreach (var protocol in r.Objects("protocolApplied"))
        {
            protocol.Rename("doseSequence", "doseNumberPositiveInt");
            protocol.Rename("seriesDoses", "seriesDosesPositiveInt");
            foreach (var gone in (ReadOnlySpan<string>)["doseStatus", "doseStatusReason", "description"])
                protocol.Remove(gone);
        }
    }

    private static void Medication(JsonObject r)
    {
        foreach (var gone in (ReadOnlySpan<string>)["isBrand", "isOverTheCounter", "package"])
            r.Remove(gone);
        foreach (var ingredient in r.Objects("ingredient"))
            ingredient.Rename("amount", "strength");
    }

    private static void MedicationRequest(JsonObject r)
    {
        r.Unwrap("requester", "agent");
        r.Rename("context", "encounter");
        r.Several("category");
        foreach (var dosage in r.Objects("dosageInstruction"))
            Dosage(dosage);
        if (r.Object("substitution") is { } substitution)
            substitution.Rename("allowed", "allowedBoolean");
        r.Remove("definition");
    }

    /// <summary>R4 has no <c>taken</c>; "not taken" is its status there.</summary>
    private static void MedicationStatement(JsonObject r)
    {
        if (r.Take("taken") is JsonValue taken && taken.TryGetValue<string>(out var said) && said == "n" && r.Text("status") != "entered-in-error")
            r["status"] = "not-taken";
        r.Rename("reasonNotTaken", "statusReason");
        foreach (var dosage in r.Objects("dosage"))
            Dosage(dosage);
    }

    /// <summary>Dose and rate became one repeating part.</summary>
    private static void Dosage(JsonObject dosage)
    {
        var part = new JsonObject();
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("doseRange", "doseRange"), ("doseQuantity", "doseQuantity"),
            ("doseSimpleQuantity", "doseQuantity"), ("rateRatio", "rateRatio"), ("rateRange", "rateRange"), ("rateQuantity", "rateQuantity"),
            ("rateSimpleQuantity", "rateQuantity")])
        {
            if (dosage.Take(from) is { } value)
                part[to] = value;
        }

        if (part.Count > 0)
            dosage.AddTo("doseAndRate", part);
    }

    private static void Observation(JsonObject r)
    {
        r.Annotate("comment");
        r.Rename("context", "encounter");
        r.Several("interpretation");
        foreach (var component in r.Objects("component"))
            component.Several("interpretation");
        foreach (var related in r.Objects("related"))
        {
            switch (related.Text("type"))
            {
                case "has-member": r.AddTo("hasMember", related.Take("target")); break;
                case "derived-from": r.AddTo("derivedFrom", related.Take("target")); break;
            }
        }

        r.Remove("related");
    }

    private static void Procedure(JsonObject r)
    {
        if (r.Take("notDone") is JsonValue notDone && notDone.TryGetValue<bool>(out var isNotDone) && isNotDone)
            r["status"] = "not-done";
        r.Rename("notDoneReason", "statusReason");
        r.Rename("context", "encounter");
        foreach (var performer in r.Objects("performer"))
            performer.Rename("role", "function");
    }

    private static void QuestionnaireResponse(JsonObject r)
    {
        r.Rename("parent", "partOf");
        r.Rename("context", "encounter");
    }

    private static void Referral(JsonObject r)
    {
        r.AddTo("category", new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://snomed.info/sct", ["code"] = PatientReferral, ["display"] = "Patient referral" }),
        });
        r.AddTo("category", r.Take("type"));
        if (r.Take("serviceRequested") is JsonArray { Count: > 0 } services && services[0] is { } service)
            r["code"] = service.DeepClone();
        r.Rename("recipient", "performer");
        r.Rename("specialty", "performerType");
        r.Rename("groupIdentifier", "requisition");
        r.Rename("supportingInformation", "supportingInfo");
        r.Annotate("description");
        ServiceRequest(r);
    }

    private static void ServiceRequest(JsonObject r)
    {
        r["resourceType"] = "ServiceRequest";
        if (r.Text("status") is "suspended" or "cancelled")
            r["status"] = r.Text("status") == "suspended" ? "on-hold" : "revoked";
        r.Unwrap("requester", "agent");
        r.Rename("context", "encounter");
        r.Several("performer");
        r.Remove("definition");
    }
}

using System.Text.Json.Nodes;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Life;
using static DorsetCareRecord.Simulator.Writing.Fhir.Fhir;

namespace DorsetCareRecord.Simulator.Dialects.Gp;

/// <summary>UKCore-Encounter for each consultation, UKCore-Observation for what was measured in it.</summary>
internal static class ConsultationEntries
{
    public static void Add(GpBundle bundle, History history)
    {
        foreach (var consultation in history.Consultations)
        {
            var encounter = bundle.Add(Resource("Encounter", bundle.Id("Encounter", consultation.Key))
                .With("status", "finished")
                .With("class", new JsonObject
                {
                    ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                    ["code"] = consultation.Kind.StartsWith("Telephone", StringComparison.Ordinal) ? "VR" : "AMB",
                })
                .With("type", Array(new JsonObject { ["text"] = consultation.Kind }))
                .With("subject", Reference(bundle.PatientUrn))
                .With("participant", Array(new JsonObject { ["individual"] = Reference(bundle.PractitionerUrn(consultation.With), consultation.With.Named) }))
                .With("period", Period(Instant(consultation.At), Instant(consultation.At.AddMinutes(10))))
                .With("reasonCode", Array(new JsonObject { ["text"] = consultation.Reason }))
                .With("serviceProvider", Reference(bundle.OrganizationUrn, history.Person.Practice.Name)));
            foreach (var reading in consultation.Readings)
                bundle.Add(Observation(bundle, history, reading, encounter));
        }
    }

    private static JsonObject Observation(GpBundle bundle, History history, Reading reading, string encounter)
    {
        var observation = Resource("Observation", bundle.Id("Observation", reading.Key))
            .With("status", "final")
            .With("category", Array(Code(
                "http://terminology.hl7.org/CodeSystem/observation-category", reading.Text is null ? "vital-signs" : "social-history")))
            .With("code", Coded(Snomed, reading.Code, reading.Term))
            .With("subject", Reference(bundle.PatientUrn))
            .With("encounter", Reference(encounter))
            .With("effectiveDateTime", Instant(reading.At))
            .With("performer", Array(Reference(bundle.PractitionerUrn(history.Person.Doctor), history.Person.Doctor.Named)));
        if (reading.Text is not null)
            return observation.With("valueString", reading.Text);
        if (reading.Second is not { } second)
            return observation.With("valueQuantity", Quantity(reading.Value, reading.Unit));
        return observation.With("component", Array(
            new JsonObject { ["code"] = Coded(Snomed, "72313002", "Systolic arterial pressure"), ["valueQuantity"] = Quantity(reading.Value, reading.Unit) },
            new JsonObject { ["code"] = Coded(Snomed, "1091811000000102", "Diastolic arterial pressure"), ["valueQuantity"] = Quantity(second, reading.Unit) }));
    }
}

/// <summary>
/// UKCore-DiagnosticReport-Lab for tests of people whom no hospital knows: theirs reach the record by the practice only.
/// Hospitals send all others themselves.
/// </summary>
internal static class LaboratoryEntries
{
    public static void Add(GpBundle bundle, History history)
    {
        foreach (var report in history.LabReports.Where(report => report.Trust.Length == 0))
        {
            var results = report.Values.Select(value => bundle.Add(Result(bundle, report, value))).ToList();
            bundle.Add(Resource("DiagnosticReport", bundle.Id("DiagnosticReport", report.Key), "DiagnosticReport-Lab")
                .With("status", "final")
                .With("category", Array(Code("http://terminology.hl7.org/CodeSystem/v2-0074", report.Panel.Section)))
                .With("code", new JsonObject { ["text"] = report.Panel.Title })
                .With("subject", Reference(bundle.PatientUrn))
                .With("effectiveDateTime", Instant(report.Collected))
                .With("issued", Instant(report.Reported))
                .With("resultsInterpreter", null)
                .With("result", Array(results.Select(result => Reference(result))))
                .With("conclusion", report.Comment));
        }
    }

    private static JsonObject Result(GpBundle bundle, LabReport report, LabValue value)
    {
        var observation = Resource("Observation", bundle.Id("Observation", $"{report.Key}-{value.Analyte.Key}"), "Observation-Lab")
            .With("status", "final")
            .With("category", Array(Code("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")))
            .With("code", Coded(Snomed, value.Analyte.Code, value.Analyte.Name))
            .With("subject", Reference(bundle.PatientUrn))
            .With("effectiveDateTime", Instant(report.Collected))
            .With("issued", Instant(report.Reported));
        var quantity = new JsonObject { ["value"] = (decimal)Math.Round(value.Number, value.Analyte.Decimals) }
            .With("comparator", value.Text[0] is '<' or '>' ? value.Text[..1] : null)
            .With("unit", value.Analyte.Unit.Length == 0 ? null : value.Analyte.Unit);
        if (value.Text[0] is '<' or '>')
            quantity["value"] = decimal.Parse(value.Text.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        observation.With("valueQuantity", quantity);
        if (value.Flag is not null)
            observation.With("interpretation", Array(Code("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", value.Flag)));
        return value.Range is null ? observation : observation.With("referenceRange", Array(new JsonObject { ["text"] = value.Range }));
    }
}

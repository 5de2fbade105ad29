using System.Text.Json.Nodes;
using DorsetCareRecord.Simulator.County.Life;
using static DorsetCareRecord.Simulator.Writing.Fhir.Fhir;

namespace DorsetCareRecord.Simulator.Dialects.Gp;

/// <summary>UKCore-Immunization.</summary>
internal static class ImmunisationEntries
{
    public static List<string> Add(GpBundle bundle, History history, DateOnly day) =>
        [.. history.Vaccinations.Where(one => one.On <= day).Select(one => bundle.Add(Immunization(bundle, history, one)))];

    private static JsonObject Immunization(GpBundle bundle, History history, Vaccination one) =>
        Resource("Immunization", bundle.Id("Immunization", one.Key))
            .With("status", one.IsDeclined ? "not-done" : "completed")
            .With("statusReason", one.IsDeclined ? new JsonObject { ["text"] = "Declined" } : null)
            .With("vaccineCode", Coded(Snomed, one.Code, one.Name, isPreferredTerm: false))
            .With("patient", Reference(bundle.PatientUrn))
            .With("occurrenceDateTime", Day(one.On))
            .With("recorded", Day(one.On))
            .With("primarySource", true)
            .With("lotNumber", one.IsDeclined ? null : one.Batch)
            .With("expirationDate", one.IsDeclined ? null : Day(one.Expires))
            .With("site", one.IsDeclined ? null : new JsonObject { ["text"] = one.Site })
            .With("performer", one.IsDeclined ? null : Array(new JsonObject { ["actor"] = Reference(bundle.PractitionerUrn(history.Person.Doctor), history.Person.Doctor.Named) }))
            .With("protocolApplied", Array(new JsonObject
            {
                ["targetDisease"] = Array(new JsonObject { ["text"] = one.Disease }),
                ["doseNumberPositiveInt"] = one.Dose,
            }));
}

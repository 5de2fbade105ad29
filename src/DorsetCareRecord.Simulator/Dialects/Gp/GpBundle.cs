using System.Text.Json;
using System.Text.Json.Nodes;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.Writing.Fhir;
using static DorsetCareRecord.Simulator.Writing.Fhir.Fhir;

namespace DorsetCareRecord.Simulator.Dialects.Gp;

/// <summary>
/// A GP record as one UK Core R4 collection bundle: everything the practice has, with snapshot Lists for allergies, medicines
/// and problems.
/// </summary>
internal sealed class GpBundle
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonArray _entries = [];
    private readonly History _history;

    private GpBundle(History history) => _history = history;

    /// <param name="takenAt">When the practice's system made it; the version of all in it.</param>
    public static byte[] Write(History history, DateTime takenAt)
    {
        var bundle = new GpBundle(history);
        bundle.Fill(takenAt);
        var json = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = bundle.Id("bundle", takenAt.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ["type"] = "collection",
            ["timestamp"] = Instant(takenAt),
            ["entry"] = bundle._entries,
        };
        return JsonSerializer.SerializeToUtf8Bytes(json, Compact);
    }

    public string Id(string kind, string key) => IdOf($"{_history.Person.Practice.Ods}|{_history.Person.NhsNumber}|{kind}|{key}");

    public string Urn(string kind, string key) => $"urn:uuid:{Id(kind, key)}";

    public string PatientUrn => Urn("Patient", "self");

    public string OrganizationUrn => Urn("Organization", _history.Person.Practice.Ods);

    public string PractitionerUrn(County.Population.Clinician clinician) => Urn("Practitioner", clinician.Code);

    /// <returns>The entry's fullUrl.</returns>
    public string Add(JsonObject resource)
    {
        var url = $"urn:uuid:{(string)resource["id"]!}";
        _entries.Add((JsonNode)new JsonObject { ["fullUrl"] = url, ["resource"] = resource });
        return url;
    }

    /// <summary>A List in snapshot mode: what it does not name any more has ended.</summary>
    public void AddList(string key, string code, string title, IReadOnlyList<string> items, DateTime takenAt)
    {
        var list = Resource("List", Id("List", key))
            .With("status", "current").With("mode", "snapshot").With("title", title)
            .With("code", Fhir.Code(Snomed, code, title))
            .With("subject", Reference(PatientUrn))
            .With("date", Instant(takenAt));
        if (items.Count > 0)
            list["entry"] = Array(items.Select(item => new JsonObject { ["item"] = Reference(item) }));
        else
            list["emptyReason"] = Fhir.Code("https://fhir.hl7.org.uk/CodeSystem/UKCore-ListEmptyReasonCode", "no-content-recorded", "No Content Recorded");
        Add(list);
    }

    private void Fill(DateTime takenAt)
    {
        var day = DateOnly.FromDateTime(takenAt);
        PatientEntries.Add(this, _history.Person);
        AddList("allergies", "886921000000105", "Allergies and adverse reactions", AllergyEntries.Add(this, _history, day, ended: false), takenAt);
        var ended = AllergyEntries.Add(this, _history, day, ended: true);
        if (ended.Count > 0)
            AddList("ended-allergies", "1103671000000101", "Ended allergies", ended, takenAt);
        AddList("problems", "717711000000103", "Problems", ProblemEntries.Add(this, _history, day), takenAt);
        AddList("medicines", "933361000000108", "Medications and medical devices", MedicineEntries.Add(this, _history, day), takenAt);
        AddList("immunisations", "1102181000000102", "Immunisations", ImmunisationEntries.Add(this, _history, day), takenAt);
        ConsultationEntries.Add(this, _history);
        LaboratoryEntries.Add(this, _history);
    }
}

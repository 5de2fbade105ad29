using System.Text.Json;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Feeds.Sources.Gp.Stu3;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Gp;

/// <summary>
/// Whole GP Connect records (STU3): every resource that comes in is an item that goes out, or its difference has a name.
/// The public records are read when they are at hand; ours is always there.
/// </summary>
public sealed class GpConnectTests(ITestOutputHelper output)
{
    private static readonly string Ours = Golden.Folder("Gp", "Golden", "gp-connect.json");

    public static TheoryData<string> Records =>
    [
        Ours,
        .. (Golden.Samples(Path.Combine("fhir", "gp-connect-stu3")) is { } folder ? Directory.GetFiles(folder, "EMIS*.json") : []).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Records))]
    public void When_a_whole_record_is_read_then_every_resource_is_an_item_or_its_difference_has_a_name(string file)
    {
        var record = new CountedRecord(File.ReadAllBytes(file), Read(file));

        var rows = record.Rows();

        output.WriteLine($"{Path.GetFileName(file)}\n{string.Join('\n', rows)}");
        Assert.All(rows, row => Assert.True(row.In == row.Out + row.Elsewhere.Values.Sum(), row.ToString()));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void When_a_whole_record_is_read_then_nothing_of_it_is_unreadable_unknown_or_nobodys(string file)
    {
        var remarks = Read(file).Remarks;

        Assert.DoesNotContain(remarks, r => r.Reason is not Reasons.Incomplete);
        // What may be incomplete: a list with a warning, and a document whose bytes the practice keeps.
        Assert.All(remarks, r => Assert.True(
            r.Shape is "data-in-transit" or "data-awaiting-filing" or "confidential-items" || r.Place!.EndsWith(".content", StringComparison.Ordinal), $"{r}"));
    }

    [Fact]
    public void When_an_allergy_has_ended_then_it_never_looks_active()
    {
        var allergies = Items<Allergy>(Ours);

        Assert.Equal(["Active", "Active", "Resolved"], allergies.Select(a => a.Status.ToString()).Order(StringComparer.Ordinal));
        var ended = allergies.Single(a => a.Status == AllergyStatus.Resolved);
        Assert.Equal(("Allergy to aspirin", "2020-02-01"), (ended.Substance, ended.EndedOn.ToString()));
    }

    [Fact]
    public void When_a_plan_has_issues_then_they_are_one_medicine_with_its_last_issue()
    {
        var ramipril = Items<Medicine>(Ours).Single(m => m.Name.StartsWith("Ramipril", StringComparison.Ordinal));

        Assert.Equal((MedicineKind.Repeat, MedicineStatus.Active, "2026-11-01", 2, 12, "2027-01-05"),
            (ramipril.Kind, ramipril.Status, ramipril.LastIssuedOn.ToString(), ramipril.IssuesMade!.Value, ramipril.IssuesAllowed!.Value, ramipril.AuthorisedUntil.ToString()));
        Assert.Equal(("One capsule each morning", "1 capsule"), (ramipril.DosageText, ramipril.Dose));
        Assert.Contains("Dosage has changed", ramipril.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void When_a_medicine_lost_its_code_and_was_stopped_then_its_words_and_the_reason_are_kept()
    {
        var ointment = Items<Medicine>(Ours).Single(m => m.Coding!.Code == "196421000000109");

        Assert.Equal(("Old ointment from another system", MedicineStatus.Stopped, "No longer needed", "2019-09-01"),
            (ointment.Name, ointment.Status, ointment.StatusReason, ointment.EndedOn.ToString()));
    }

    [Fact]
    public void When_a_report_has_a_group_then_its_values_are_in_its_panel_in_order()
    {
        var results = Items<Result>(Ours).Where(r => r.ReportKey == "DR").OrderBy(r => r.Position).ToList();

        Assert.Equal(["Haemoglobin 108 g/L L", "Platelets 251 10*9/L "], results.Select(r => $"{r.Test} {r.Value} {r.Unit} {r.Flag}"));
        Assert.All(results, r => Assert.Equal("Full blood count", r.Panel));
    }

    [Fact]
    public void When_a_consultation_is_written_under_headings_then_its_notes_are_those_lines()
    {
        var consultation = Items<Encounter>(Ours).Single(e => e.Kind == EncounterKind.GeneralPractice);

        Assert.Equal("History: High blood pressure, Episode: review\nHistory: Feels well, no dizziness\nExamination: O/E - blood pressure reading", consultation.Notes);
        Assert.DoesNotContain(Items<Result>(Ours), r => r.Test == "Comment note");
    }

    [Fact]
    public void When_a_vaccination_was_declined_then_it_is_not_given_and_says_why()
    {
        var immunisations = Items<Immunisation>(Ours).ToDictionary(i => i.Vaccine);

        Assert.Equal((ImmunisationStatus.Given, "FLU26A", "1"),
            (immunisations["Influenza vaccination"].Status, immunisations["Influenza vaccination"].BatchNumber, immunisations["Influenza vaccination"].DoseNumber));
        Assert.Equal((ImmunisationStatus.NotGiven, "Declined by patient"), (immunisations["Shingles vaccine"].Status, immunisations["Shingles vaccine"].Reason));
    }

    [Fact]
    public void When_a_stu3_record_is_converted_twice_then_nothing_changes()
    {
        var once = Stu3Bundle.ToR4(File.ReadAllBytes(Ours));

        Assert.Equal(once, Stu3Bundle.ToR4(once));
    }

    private static List<T> Items<T>(string file) => [.. Read(file).Patients.SelectMany(p => p.Facts).OfType<Stated>().Select(s => s.Item).OfType<T>()];

    private static Understood Read(string file) => Assert.IsType<Understood>(Adapters.Read(new InboxMessage(
        1, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), SourceCodes.Gp, Formats.FhirJson, File.ReadAllBytes(file), null)));
}

/// <summary>One type of resource of a record: how many came in, how many items they are, and where the others went.</summary>
internal sealed record CountedRow(string Type, int In, int Out, IReadOnlyDictionary<string, int> Elsewhere)
{
    public override string ToString() =>
        $"  {Type,-22} in {In,3}  items {Out,3}{string.Concat(Elsewhere.Where(e => e.Value > 0).Select(e => $"  {e.Value} {e.Key}"))}";
}

/// <summary>Counts a STU3 bundle by its bare JSON, independently of the reader, and its facts by type of item.</summary>
internal sealed class CountedRecord
{
    private static readonly string[] Named = ["Medication", "Organization", "Practitioner", "PractitionerRole", "Location", "HealthcareService"];

    private readonly List<JsonElement> _resources = [];
    private readonly List<Stated> _stated;
    private readonly HashSet<string> _plans;

    public CountedRecord(byte[] json, Understood reading)
    {
        foreach (var entry in JsonDocument.Parse(json).RootElement.GetProperty("entry").EnumerateArray())
        {
            _resources.Add(entry.GetProperty("resource"));
            if (entry.GetProperty("resource").TryGetProperty("contained", out var contained))
                _resources.AddRange(contained.EnumerateArray());
        }

        _stated = [.. reading.Patients.SelectMany(p => p.Facts).OfType<Stated>()];
        _plans = [.. Of("MedicationStatement").SelectMany(s => s.GetProperty("basedOn").EnumerateArray()).Select(r => r.GetProperty("reference").GetString()!)];
    }

    public IReadOnlyList<CountedRow> Rows() => [.. _resources.Select(TypeOf).Distinct().Order(StringComparer.Ordinal).Select(Row)];

    private CountedRow Row(string type) => type switch
    {
        "Patient" => Row(type, Keys<Demographics>()),
        "AllergyIntolerance" => Row(type, Keys<Allergy>()),
        "Condition" => Row(type, Keys<Problem>()),
        "MedicationStatement" => Row(type, Keys<Medicine>()),
        "MedicationRequest" => Row(type, 0, ("plans of a medicine", Of(type).Count(IsPlan)), ("issues of a plan", Of(type).Count(IsIssue))),
        "Observation" => Row(type, Keys<Result>(), ("written in their consultation", Of(type).Count(IsWritten)), ("headings of a panel", Of(type).Count(IsGroup))),
        "DiagnosticReport" => Row(type, Keys<Report>()),
        "Encounter" => Row(type, Encounters(EncounterKind.GeneralPractice)),
        "ReferralRequest" => Row(type, Encounters(EncounterKind.Referral)),
        "ProcedureRequest" => Row(type, Encounters(EncounterKind.Recall)),
        "Immunization" => Row(type, Keys<Immunisation>()),
        "DocumentReference" => Row(type, Keys<Letter>()),
        "QuestionnaireResponse" => Row(type, 0, ("order of observations", Of(type).Count())),
        "List" => Row(type, 0, ("say what is whole", Of(type).Count())),
        _ when Named.Contains(type) => Row(type, 0, ("named in the items", Of(type).Count())),
        _ => Row(type, 0),
    };

    private CountedRow Row(string type, int items, params (string Name, int Count)[] elsewhere) =>
        new(type, Of(type).Count(), items, elsewhere.ToDictionary(e => e.Name, e => e.Count));

    private IEnumerable<JsonElement> Of(string type) => _resources.Where(r => TypeOf(r) == type);

    private static string TypeOf(JsonElement resource) => resource.GetProperty("resourceType").GetString()!;

    /// <summary>Several values of one Observation have its key and a suffix.</summary>
    private int Keys<T>() => _stated.Where(s => s.Item is T).Select(s => s.Key.Split('#')[0]).Distinct().Count();

    private int Encounters(EncounterKind kind) => _stated.Count(s => s.Item is Encounter encounter && encounter.Kind == kind);

    private bool IsPlan(JsonElement request) => _plans.Contains($"MedicationRequest/{request.GetProperty("id").GetString()}");

    private static bool IsIssue(JsonElement request) => request.GetProperty("intent").GetString() == "order" && request.TryGetProperty("basedOn", out _);

    private static bool IsGroup(JsonElement observation) => !HasValue(observation)
        && observation.TryGetProperty("related", out var related) && related.EnumerateArray().Any(r => r.GetProperty("type").GetString() == "has-member");

    private bool IsWritten(JsonElement observation) => !HasValue(observation) && !IsGroup(observation)
        && Headings().Any(list => list.GetProperty("entry").EnumerateArray().Any(e =>
            e.GetProperty("item").GetProperty("reference").GetString() == $"Observation/{observation.GetProperty("id").GetString()}"));

    private IEnumerable<JsonElement> Headings() => Of("List").Where(l => l.TryGetProperty("entry", out _)
        && l.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString() is "24781000000107" or "25851000000105" or "325851000000107");

    private static bool HasValue(JsonElement observation) =>
        observation.EnumerateObject().Any(p => p.Name.StartsWith("value", StringComparison.Ordinal) || p.Name is "component");
}

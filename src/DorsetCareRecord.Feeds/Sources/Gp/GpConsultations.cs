using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>
/// What was written in a consultation: a List for the encounter holds Lists for topics, these hold Lists for headings, and
/// these the entries (GP Connect, consultation guidance). An Observation in it that has no value is a sentence of the
/// consultation ("poor historian", "comment note") and not a test result.
/// </summary>
internal sealed class GpConsultations
{
    private const string Consultation = "325851000000107";
    private const string FreeText = "37331000000100";
    private const int MostDepth = 8;

    private readonly GpBundle _bundle;
    private readonly Dictionary<R4.Resource, List<string>> _linesOf = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<R4.Resource> _written = new(ReferenceEqualityComparer.Instance);

    public GpConsultations(GpBundle bundle)
    {
        _bundle = bundle;
        foreach (var entry in bundle.Entries.Where(e => e is { Resource: R4.List, Deleted: false }))
        {
            var list = (R4.List)entry.Resource;
            if (Concepts.Codes(list.Code).Contains(Consultation) && bundle.Resolve<R4.Encounter>(list.Encounter, entry) is { } encounter)
            {
                if (!_linesOf.TryGetValue(encounter, out var lines))
                    _linesOf[encounter] = lines = [];
                Write(list, entry, heading: null, lines, MostDepth);
            }
        }
    }

    /// <summary>One entry a line; null when nothing was written.</summary>
    public string? NotesOf(R4.Encounter encounter) =>
        _linesOf.TryGetValue(encounter, out var lines) ? Words.Join("\n", lines.Distinct()) : null;

    /// <summary>It is a sentence of a consultation and nothing else.</summary>
    public bool IsOnlyWritten(R4.Observation observation) => _written.Contains(observation)
        && observation.Value is null && observation.DataAbsentReason is null && observation.Component.Count == 0 && observation.HasMember.Count == 0;

    private void Write(R4.List list, GpEntry from, string? heading, List<string> lines, int depth)
    {
        foreach (var there in list.Entry.Select(e => _bundle.Resolve(e.Item, from)).OfType<GpEntry>())
        {
            if (there.Resource is R4.List inner)
            {
                // A topic's own title is the problem it is about, and its entries name that themselves.
                if (depth > 0)
                    Write(inner, there, Words.Of(inner.Title) ?? heading, lines, depth - 1);
                continue;
            }

            if (there.Resource is R4.Observation)
                _written.Add(there.Resource);
            if (LineOf(there) is { } line)
                lines.Add(Words.Join(": ", [heading, line])!);
        }
    }

    private string? LineOf(GpEntry there) => there.Resource switch
    {
        R4.Observation observation => LineOf(observation),
        R4.AllergyIntolerance allergy => Concepts.TextOf(allergy.Code),
        R4.Condition condition => Concepts.TextOf(condition.Code),
        R4.MedicationRequest request => MedicineLine(request.Medication, request.DosageInstruction, there),
        R4.MedicationStatement statement => MedicineLine(statement.Medication, statement.Dosage, there),
        R4.Immunization immunization => GpImmunisation.Read(immunization, there, _bundle).Vaccine,
        R4.ServiceRequest request => Concepts.TextOf(request.Code) ?? Concepts.TextOf(request.ReasonCode),
        R4.DocumentReference document => Words.Of(document.Description) ?? Concepts.TextOf(document.Type),
        R4.DiagnosticReport report => Concepts.TextOf(report.Code),
        R4.Procedure procedure => Concepts.TextOf(procedure.Code),
        _ => null,
    };

    private static string? LineOf(R4.Observation observation)
    {
        var isFreeText = Concepts.Codes(observation.Code).Contains(FreeText);
        var (value, unit) = GpResult.Said(observation);
        return Words.Join(", ",
        [
            isFreeText ? null : Concepts.TextOf(observation.Code),
            Words.Join(" ", [value, unit]),
            .. observation.Note.Select(n => Words.Of(n.Text)?.ReplaceLineEndings(", ")),
        ]);
    }

    private string? MedicineLine(R4.DataType? medication, IEnumerable<R4.Dosage> dosage, GpEntry there) => Words.Join(", ",
    [
        Concepts.TextOf(medication as R4.CodeableConcept) ?? _bundle.NameOf(medication as R4.ResourceReference, there),
        .. dosage.Select(d => d.Text),
    ]);
}

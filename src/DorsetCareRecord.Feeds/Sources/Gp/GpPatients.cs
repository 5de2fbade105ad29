using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>A patient of the bundle and the practice that speaks of them.</summary>
internal sealed record GpPatient(GpEntry Entry, LocalPatient Local, string? PracticeCode, string? PracticeName)
{
    public R4.Patient Resource => (R4.Patient)Entry.Resource;
}

/// <summary>Who the bundle is about, and whom each of its resources is about.</summary>
internal sealed class GpPatients
{
    private readonly GpBundle _bundle;
    private readonly BundleProfile _profile;
    private readonly List<GpPatient> _patients = [];

    public GpPatients(GpBundle bundle, BundleProfile profile)
    {
        (_bundle, _profile) = (bundle, profile);
        foreach (var entry in bundle.Entries.Where(e => e is { Resource: R4.Patient, IsContained: false, Deleted: false }))
        {
            if (PatientOf(entry) is { } patient)
                _patients.Add(patient);
            else
                bundle.Remark(Reasons.NoPatient, $"{entry.Place}.identifier");
        }
    }

    public IReadOnlyList<GpPatient> All => _patients;

    /// <summary>The patient a resource is about; null, with a remark, when that is nobody in the bundle. Never guessed.</summary>
    public GpPatient? Of(GpEntry entry)
    {
        // What was deleted by its URL alone names nobody; in a bundle of one patient it can be no other's.
        if (entry.Deleted && _patients.Count == 1)
            return _patients[0];

        var subject = SubjectOf(entry.Resource);
        var found = _bundle.Resolve(subject, entry) is { } there
            ? _patients.Find(p => ReferenceEquals(p.Entry.Resource, there.Resource))
            : NhsNumberOf(subject?.Identifier) is { } number ? _patients.Find(p => NhsNumbersOf(p.Resource).Contains(number)) : null;
        if (found is null)
            _bundle.Remark(Reasons.NoPatient, entry.Place + ".subject", subject is null ? "absent" : "not in the bundle");
        return found;
    }

    /// <summary>Valid NHS numbers, as digits.</summary>
    public static IEnumerable<string> NhsNumbersOf(R4.Patient patient) => patient.Identifier.Select(NhsNumberOf).OfType<string>();

    public static bool IsNhsNumber(R4.Identifier identifier) =>
        GpBundle.Raw(identifier.SystemElement)?.TrimEnd('/') == CodeSystems.NhsNumber;

    private static string? NhsNumberOf(R4.Identifier? identifier) =>
        identifier is not null && IsNhsNumber(identifier) && NhsNumber.TryParse(identifier.Value, out var number) ? number.Value.Digits : null;

    private GpPatient? PatientOf(GpEntry entry)
    {
        var patient = (R4.Patient)entry.Resource;
        var (code, name) = PracticeOf(patient, entry);
        return _profile.LocalId(patient, code) is { } id ? new GpPatient(entry, new LocalPatient(_profile.Source, id), code, name) : null;
    }

    private (string? Code, string? Name) PracticeOf(R4.Patient patient, GpEntry entry)
    {
        R4.ResourceReference?[] candidates = [patient.ManagingOrganization, .. patient.GeneralPractitioner];
        var practices = candidates.Select(reference => (Code: OdsCodeOf(reference, entry), Name: OrganisationName(reference, entry))).ToList();
        var best = practices.Find(p => p.Code is not null);
        return best.Code is not null ? best : (null, practices.Find(p => p.Name is not null).Name);
    }

    private string? OdsCodeOf(R4.ResourceReference? reference, GpEntry entry)
    {
        var identifiers = _bundle.Resolve<R4.Organization>(reference, entry)?.Identifier ?? [];
        return identifiers.Append(reference?.Identifier)
            .Where(i => i is not null && GpBundle.Raw(i.SystemElement)?.TrimEnd('/') == CodeSystems.OdsOrganisation)
            .Select(i => Words.Of(i!.Value)?.ToUpperInvariant()).FirstOrDefault(v => v is not null);
    }

    private string? OrganisationName(R4.ResourceReference? reference, GpEntry entry) =>
        _bundle.Resolve<R4.Organization>(reference, entry) is { } organisation ? Words.Of(organisation.Name)
        : OdsCodeOf(reference, entry) is not null ? Words.Of(reference?.Display)
        : null;

    private static R4.ResourceReference? SubjectOf(R4.Resource resource) => resource switch
    {
        R4.AllergyIntolerance allergy => allergy.Patient,
        R4.Condition condition => condition.Subject,
        R4.MedicationStatement statement => statement.Subject,
        R4.MedicationRequest request => request.Subject,
        R4.Observation observation => observation.Subject,
        R4.DiagnosticReport report => report.Subject,
        R4.Encounter encounter => encounter.Subject,
        R4.DocumentReference document => document.Subject,
        R4.RelatedPerson related => related.Patient,
        R4.Flag flag => flag.Subject,
        R4.CareTeam team => team.Subject,
        R4.List list => list.Subject,
        R4.Immunization immunization => immunization.Patient,
        R4.ServiceRequest request => request.Subject,
        _ => null,
    };
}

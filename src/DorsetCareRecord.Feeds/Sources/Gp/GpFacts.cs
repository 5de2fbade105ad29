using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using Hl7.Fhir.Utility;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>Gathers the facts of a bundle, patient by patient, in the order of its entries.</summary>
internal sealed class GpFacts(GpBundle bundle, GpPatients patients, BundleProfile profile)
{
    private readonly Dictionary<GpPatient, List<Fact>> _facts = patients.All.ToDictionary(p => p, _ => new List<Fact>());
    private readonly GpLists _lists = new(bundle);
    private readonly GpPanels _panels = new(bundle);
    private readonly GpConsultations _consultations = new(bundle);
    private readonly IReadOnlySet<R4.Resource> _partsOfMedicines = GpMedicine.PartsOf(bundle);

    public IReadOnlyList<PatientFacts> Read()
    {
        foreach (var patient in patients.All)
            Guard(patient.Entry, () => ReadPatient(patient));
        foreach (var entry in bundle.Entries)
            Guard(entry, () => ReadEntry(entry));
        foreach (var list in _lists.All)
            Guard(list.Entry, () => ReadList(list));
        return [.. _facts.GroupBy(f => f.Key.Local, (local, all) => new PatientFacts(local, [.. all.SelectMany(f => f.Value)]))];
    }

    /// <summary>A value of the wrong type costs its resource and nothing else.</summary>
    private void Guard(GpEntry entry, Action read)
    {
        try
        {
            read();
        }
        catch (CodedException)
        {
            bundle.Remark(Reasons.Unreadable, entry.Place, "a value of the wrong type");
        }
    }

    private void ReadPatient(GpPatient patient)
    {
        State(patient, patient.Entry, Demographics.Key, GpDemographics.Read(patient, bundle), list: null);
        var contacts = patient.Resource.Contact.Select(c => GpContact.Read(c, patient.Entry, bundle)).DistinctBy(GpContact.KeyOf).ToList();
        if (contacts.Count == 0 || !profile.StatesContacts)
            return; // Contacts left out say nothing.
        foreach (var contact in contacts)
            State(patient, patient.Entry, GpContact.KeyOf(contact), contact, "gp/contacts");
        _facts[patient].Add(new ListStated(
            "gp/contacts", typeof(Contact), [.. contacts.Select(GpContact.KeyOf)], bundle.VersionOf(patient.Resource)));
    }

    private void ReadEntry(GpEntry entry)
    {
        switch (entry.Resource)
        {
            case R4.AllergyIntolerance allergy:
                One(entry, typeof(Allergy), Concepts.Codes(allergy.VerificationStatus).Contains(InError), () => GpAllergy.Read(allergy, entry, bundle));
                break;
            case R4.Condition condition:
                One(entry, typeof(Problem), Concepts.Codes(condition.VerificationStatus).Contains(InError), () => GpProblem.Read(condition, entry, bundle));
                break;
            case R4.MedicationStatement statement:
                One(entry, typeof(Medicine), IsInError(statement.StatusElement), () => GpMedicine.Read(statement, entry, bundle));
                break;
            case R4.MedicationRequest request when !_partsOfMedicines.Contains(request):
                One(entry, typeof(Medicine), IsInError(request.StatusElement), () => GpMedicine.Read(request, entry, bundle));
                break;
            case R4.DiagnosticReport report:
                One(entry, typeof(Report), IsInError(report.StatusElement), () => GpReport.Read(report, entry, bundle));
                break;
            case R4.Observation observation when _consultations.IsOnlyWritten(observation) && !IsInError(observation.StatusElement) && !entry.Deleted:
                break; // In the notes of its consultation.
            case R4.Observation observation:
                Many(entry, typeof(Result), IsInError(observation.StatusElement), () => GpResult.Read(observation, entry, bundle, _panels).Select(r => (r.Suffix, (Item)r.Result)));
                break;
            case R4.Encounter encounter:
                One(entry, typeof(Encounter), IsInError(encounter.StatusElement), () => GpEncounter.Read(encounter, _consultations.NotesOf(encounter), entry, bundle));
                break;
            case R4.Immunization immunization:
                One(entry, typeof(Immunisation), IsInError(immunization.StatusElement), () => GpImmunisation.Read(immunization, entry, bundle));
                break;
            case R4.ServiceRequest request when entry.Deleted || GpReferral.KindOf(request) is not null:
                One(entry, typeof(Encounter), IsInError(request.StatusElement), () => GpReferral.Read(request, GpReferral.KindOf(request)!.Value, entry, bundle));
                break;
            case R4.DocumentReference document:
                One(entry, typeof(Letter), IsInError(document.StatusElement) || IsInError(document.DocStatusElement), () => GpLetter.Read(document, entry, bundle));
                Supersede(document, entry);
                break;
            case R4.RelatedPerson related:
                One(entry, typeof(Contact), GpBundle.Flag(related.ActiveElement) == false, () => GpContact.Read(related, entry, bundle));
                break;
            case R4.Flag flag:
                One(entry, typeof(Flag), IsInError(flag.StatusElement), () => GpFlag.Read(flag, entry, bundle));
                break;
            case R4.CareTeam team when !IsInError(team.StatusElement):
                Many(entry, typeof(CareWorker), inError: false, () => GpCareWorker.Read(team, entry, bundle).Select(w => (w.Suffix, (Item)w.Worker)));
                break;
            case R4.Patient or R4.List or R4.MedicationRequest or R4.Organization or R4.Practitioner or R4.PractitionerRole or R4.Location
                or R4.Medication or R4.Specimen or R4.Binary or R4.ServiceRequest or R4.Composition or R4.OperationOutcome or R4.MessageHeader or R4.CareTeam or R4.HealthcareService:
                break; // Read where others refer to them, or say nothing of a patient.
            case R4.QuestionnaireResponse response when GpQuestions.AreRecordedElsewhere(response.Item):
                break; // Only the order of Observations that are items of their own.
            default:
                bundle.RemarkUnknownType(entry);
                break;
        }
    }

    private const string InError = "entered-in-error";

    private static bool IsInError(R4.PrimitiveType? status) => GpBundle.Raw(status) == InError;

    private void One(GpEntry entry, Type type, bool inError, Func<Item> read) => Many(entry, type, inError, () => [("", read())]);

    private void Many(GpEntry entry, Type type, bool inError, Func<IEnumerable<(string Suffix, Item Item)>> read)
    {
        if (!profile.Takes(entry.Resource))
        {
            bundle.RemarkUnknownType(entry);
            return;
        }

        if (patients.Of(entry) is not { } patient)
            return;
        if (GpBundle.KeyOf(entry) is not { } key)
        {
            bundle.Remark(Reasons.Incomplete, entry.Place, "no identifier and no id");
            return;
        }

        if (inError || entry.Deleted)
        {
            _facts[patient].Add(new Withdrawn(key, type, bundle.VersionOf(entry.Resource)));
            foreach (var suffix in SuffixesOf(entry))
                _facts[patient].Add(new Withdrawn(key + suffix, type, bundle.VersionOf(entry.Resource)));
            return;
        }

        foreach (var (suffix, item) in read())
            State(patient, entry, key + suffix, item, ListOf(entry, item));
    }

    /// <summary>What a document replaces is past from then on, also when it came by another way or comes later.</summary>
    private void Supersede(R4.DocumentReference document, GpEntry entry)
    {
        if (entry.Deleted || !profile.Takes(document) || GpLetter.Replaced(document, entry, bundle) is not { } older || patients.Of(entry) is not { } patient)
            return;
        State(patient, entry, older, GpLetter.Heading(document) with { Status = LetterStatus.Superseded }, list: null);
    }

    /// <summary>Components were stated under keys of their own and go with their observation.</summary>
    private IEnumerable<string> SuffixesOf(GpEntry entry) => entry.Resource is R4.Observation observation
        ? GpResult.Read(observation, entry, bundle, _panels).Select(r => r.Suffix).Where(s => s.Length > 0)
        : [];

    private void State(GpPatient patient, GpEntry entry, string key, Item item, string? list) =>
        _facts[patient].Add(new Stated(
            key, item with { Organisation = profile.OriginOf(entry, bundle, patient), Confidentiality = GpSecurity.Of(entry.Resource) }, bundle.VersionOf(entry.Resource), list));

    /// <summary>The values of a listed report belong to a list of their own, so that they end with it.</summary>
    private string? ListOf(GpEntry entry, Item item) => item is Result && _panels.Of((R4.Observation)entry.Resource).Report is { } report
        ? _lists.Of(report.Resource) is { } list ? list.Name + GpListFacts.Values : null
        : _lists.Of(entry.Resource)?.Name;

    private void ReadList(GpList list)
    {
        if (patients.Of(list.Entry) is { } patient)
            GpListFacts.Add(list, bundle, patient, _facts[patient]);
    }
}

using System.Globalization;
using System.Text;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Dialects;

namespace DorsetCareRecord.Simulator.County.Cutover;

/// <summary>What goes wrong in a migration, for rehearsing what then must happen.</summary>
public sealed record CutoverFaults
{
    /// <summary>Of so many people with an allergy the extract forgets one.</summary>
    public int ForgottenAllergies { get; init; }

    /// <summary>So many people are missing in the crosswalk.</summary>
    public int Unmapped { get; init; }
}

/// <summary>
/// Royal Bournemouth's change from Camis to CareCentric, as its migration team would hand it over: the crosswalk of numbers and the whole
/// extract of the new system, told from the same lives that Camis told. The same seed, size and day give the same bytes.
/// </summary>
public sealed class CutoverPlay(int seed, int people, DateOnly today, CutoverFaults? faults = null)
{
    private const int ControlIdsPerPerson = 10_000;

    private readonly CutoverFaults _faults = faults ?? new CutoverFaults();
    private readonly SyntheticCounty _county = new(seed, people, today);
    private readonly CareCentric _new = new("carecentric-rbch", Registrations.Bournemouth);

    /// <summary>The number the new system gives where the old had this one.</summary>
    public static string NewPatient(string old) => $"BH{old}";

    /// <summary>Everything Camis has ever said, patient after patient, each in the order of time.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Camis() =>
        Patients().SelectMany(p => _county.Hospital(p.History, p.Registration)).Select(m => (ReadOnlyMemory<byte>)m.Body);

    /// <summary>The extract: the same lives under the new numbers, and each patient's present picture last.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> CareCentric() => Extract().Select(m => (ReadOnlyMemory<byte>)m.Body);

    /// <summary>Writes <c>crosswalk/*.csv</c> and <c>extract/*.hl7</c>.</summary>
    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        var crosswalk = Directory.CreateDirectory(Path.Combine(folder, "crosswalk")).FullName;
        var extract = Directory.CreateDirectory(Path.Combine(folder, "extract")).FullName;
        foreach (var (file, lines) in Crosswalk())
        {
            var text = new StringBuilder("old_id,new_id\r\n");
            foreach (var (old, @new) in lines.DistinctBy(l => l.Old))
                text.Append(old).Append(',').Append(@new).Append("\r\n");
            await File.WriteAllTextAsync(Path.Combine(crosswalk, file), text.ToString(), ct);
        }

        await using var messages = File.Create(Path.Combine(extract, "carecentric-rbch.hl7"));
        foreach (var message in Extract())
        {
            await messages.WriteAsync(message.Body, ct);
            await messages.WriteAsync("\r"u8.ToArray(), ct);
        }
    }

    private IEnumerable<(History History, Registration Registration)> Patients() => _county.People
        .Select(person => (Person: person, Registration: person.At(Registrations.Bournemouth)))
        .Where(p => p.Registration is not null)
        .Select(p => (_county.HistoryOf(p.Person), p.Registration!));

    private IEnumerable<WireMessage> Extract()
    {
        var forgotten = 0;
        foreach (var (history, registration) in Patients())
        {
            // One that is still sent, and an allergy: what has ended, or that none is known, would be missed by nobody.
            var today = DateOnly.FromDateTime(_county.Midnight);
            var known = history.Allergies.FindIndex(entry => !entry.IsNone && entry.Recorded <= today && (entry.Ended is null || entry.Ended > today));
            var lost = known >= 0 && forgotten++ < _faults.ForgottenAllergies ? history.Allergies[known] : null;
            if (lost is not null)
                history.Allergies.RemoveAt(known);
            var ids = new ControlIds(4_000_000_000 + (long)history.Person.Index * ControlIdsPerPerson);
            var renumbered = registration with { Number = NewPatient(registration.Number), DuplicateNumber = null };
            foreach (var act in Chronicle.Of(history, renumbered, _new.SendsAttendance, _county.Midnight))
                yield return _new.Say(Renumbered(act), history, renumbered, ids);
            yield return _new.Say(new Registered(_county.Midnight.AddMinutes(-1), IsNew: false), history, renumbered, ids);
            // The old system knows it still.
            if (lost is not null)
                history.Allergies.Insert(known, lost);
        }
    }

    private static Act Renumbered(Act act) => act switch
    {
        VisitAct visit => visit with { Visit = visit.Visit with { Number = NewVisit(visit.Visit.Number) } },
        LetterAct letter => letter with { Letter = Renumbered(letter.Letter) },
        _ => act,
    };

    private static HospitalLetter Renumbered(HospitalLetter letter) => letter with
    {
        Key = NewDocument(letter.Key),
        VisitNumber = letter.VisitNumber is { } visit ? NewVisit(visit) : null,
    };

    private static string NewVisit(string old) => $"CCV{old}";

    /// <summary>A letter's key is a kind and a serial number; the new system numbers from far above.</summary>
    private static string NewDocument(string old) =>
        string.Create(CultureInfo.InvariantCulture, $"{old[0]}{long.Parse(old[1..], CultureInfo.InvariantCulture) + 500_000_000}");

    private IEnumerable<(string File, IReadOnlyList<(string Old, string New)> Lines)> Crosswalk()
    {
        var (patients, visits, documents, n) = (new List<(string, string)>(), new List<(string, string)>(), new List<(string, string)>(), 0);
        foreach (var (history, registration) in Patients())
        {
            if (n++ < _faults.Unmapped)
                continue;
            patients.Add((registration.Number, NewPatient(registration.Number)));
            // Registered twice in Camis: the new system has them once.
            if (registration.DuplicateNumber is { } second)
                patients.Add((second, NewPatient(registration.Number)));
            visits.AddRange(history.Visits.Where(v => v.Trust == registration.Trust).Select(v => (v.Number, NewVisit(v.Number))));
            documents.AddRange(history.Letters.Where(l => l.Trust == registration.Trust).Select(l => (
                ResultMessages.FillerNumber(l.Key, l.Written), ResultMessages.FillerNumber(NewDocument(l.Key), l.Written))));
        }

        yield return ("patients.csv", patients);
        yield return ("visits.csv", visits);
        yield return ("documents.csv", documents);
    }
}

using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Letters;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>What one hospital episode leaves behind at one trust.</summary>
internal sealed class Episode
{
    public List<Visit> Visits { get; } = [];

    public List<LabReport> LabReports { get; } = [];

    public List<WrittenReport> WrittenReports { get; } = [];

    public List<HospitalLetter> Letters { get; } = [];

    public void AddTo(History history)
    {
        history.Visits.AddRange(Visits);
        history.LabReports.AddRange(LabReports);
        history.WrittenReports.AddRange(WrittenReports);
        history.Letters.AddRange(Letters);
    }
}

/// <summary>Tells the story of an emergency or a planned admission.</summary>
/// <param name="serial">Gives serial numbers unique in the county.</param>
internal sealed class EpisodeTeller(HospitalSite site, History history, Dice dice, Func<long> serial)
{
    private readonly Episode _episode = new();

    public Episode Tell(AcuteCase reason, Timeline times, bool admitted)
    {
        var consultant = site.Consultant(reason.Specialty, dice);
        var words = new Wording(history.Person, DateOnly.FromDateTime(times.Arrived), dice);
        words.Set("antibiotic", AntibioticWords(reason));
        Visit? attendance = reason.IsElective ? null : Attendance(reason, times, admitted);
        var where = attendance?.Ward.Name ?? site.WardOf(reason.Specialty, reason.IsDayCase).Name;

        var results = reason.Panels.SelectMany(panel => Bloods(panel, reason, times.BloodsTaken, times.BloodsReported, 1, consultant, where)).ToList();
        words.SetResults(results);
        words.SetResults(results, "2");
        foreach (var picture in reason.Imaging)
            Image(picture, picture is "echo" or "carotid" && times.Moved is { } moved ? moved : times.Pictured, consultant,
                where, words);
        if (reason.Culture is not null && dice.Chance(reason.CultureShare))
            Grow(reason.Culture, times.BloodsTaken, times.Cultured, consultant, where);

        if (!admitted)
        {
            var text = HospitalLetters.Emergency(site, history, attendance!, reason, words, Summary(results));
            Write(LetterKind.Emergency, "Emergency department letter", times.Letter, EmergencyDoctor(), Specialty.Emergency,
                attendance!.Number, text);
            return _episode;
        }

        if (times.Rechecked is { } recheck)
        {
            foreach (var panel in reason.Panels.Where(code => code is "FBC" or "UE" or "CRP"))
                words.SetResults(Bloods(panel, reason, recheck, recheck.AddMinutes(dice.Between(70, 110)), 0.18, consultant,
                    reason.Specialty.Name),
                    "2");
        }

        Stay(reason, times, consultant, words, results);
        return _episode;
    }

    private Visit Attendance(AcuteCase reason, Timeline times, bool admitted)
    {
        var attendance = new Visit
        {
            Trust = site.Trust,
            Number = site.VisitNumber('E', times.Arrived, serial()),
            Kind = VisitKind.Emergency,
            Start = times.Arrived,
            End = times.LeftDepartment,
            Ward = ("ED", "Emergency Department"),
            Consultant = EmergencyDoctor(),
            Specialty = Specialty.Emergency,
            Reason = reason.Complaint,
            Diagnoses = [(reason.Icd10, reason.Diagnosis)],
            DischargeMethod = "1",
            DischargeDestination = admitted ? null : "19",
            WasAdmitted = admitted,
        };
        _episode.Visits.Add(attendance);
        return attendance;
    }

    private void Stay(AcuteCase reason, Timeline times, Clinician consultant, Wording words, List<LabValue> results)
    {
        var stay = new Visit
        {
            Trust = site.Trust,
            Number = site.VisitNumber('I', times.Arrived, serial()),
            Kind = reason.IsDayCase ? VisitKind.DayCase : VisitKind.Inpatient,
            Start = reason.IsElective ? times.Arrived : times.LeftDepartment,
            End = times.Left,
            Ward = site.WardOf(reason.Specialty, reason.IsDayCase),
            FirstWard = times.Moved is null ? null : site.AssessmentUnit,
            MovedAt = times.Moved,
            Consultant = consultant,
            Specialty = reason.Specialty,
            Reason = reason.Complaint,
            Diagnoses = [(reason.Icd10, reason.Diagnosis), .. Comorbidities(times.Arrived, reason.Icd10)],
            AdmissionMethod = reason.Specialty == Specialty.Obstetrics ? "31" : reason.IsElective ? "11" : "21",
            DischargeMethod = "1",
            DischargeDestination = "19",
        };
        _episode.Visits.Add(stay);
        if (times.Left is null)
            return;
        var changes = Medicines.Change(history, reason, DateOnly.FromDateTime(times.Left.Value), dice);
        var text = HospitalLetters.Discharge(site, history, stay, reason, words, changes, Summary(results));
        Write(LetterKind.Discharge, "Discharge summary", times.Letter, consultant, reason.Specialty, stay.Number, text);
    }

    private IEnumerable<(string, string)> Comorbidities(DateTime at, string principal) => history.Sufferings
        .Where(suffering => suffering.Since <= DateOnly.FromDateTime(at))
        .Select(suffering => suffering.Ailment.Key switch
        {
            "diabetes" => ("E11.9", "Type 2 diabetes mellitus"),
            "hypertension" => ("I10", "Essential hypertension"),
            "copd" => ("J44.9", "Chronic obstructive pulmonary disease"),
            "ckd" => ("N18.3", "Chronic kidney disease, stage 3"),
            "dementia" => ("G30.9", "Alzheimer's disease"),
            "af" => ("I48.9", "Atrial fibrillation"),
            _ => default,
        })
        .Where(diagnosis => diagnosis.Item1 is not null && diagnosis.Item1[..3] != principal[..3])
        .Take(3);

    private IReadOnlyList<LabValue> Bloods(
        string code, AcuteCase reason, DateTime taken, DateTime reported, double acuteness, Clinician requester, string where)
    {
        var panel = Panels.Named(code);
        var values = history.Physiology.Run(panel, taken, reason.Shift, acuteness, dice);
        _episode.LabReports.Add(new LabReport($"L{serial()}", site.Trust, taken, reported, panel, values, requester, where, Comments.On(panel, values)));
        return values;
    }

    private void Image(string key, DateTime taken, Clinician requester, string where, Wording words)
    {
        var picture = Imaging.Named(key);
        string[] lines =
        [
            $"Clinical details: {words.Fill(picture.Request)}",
            "",
            .. picture.Findings.Select(words.Fill),
            "",
            $"Conclusion: {words.Fill(picture.Conclusion)}",
        ];
        _episode.WrittenReports.Add(new WrittenReport(
            $"R{serial()}", site.Trust, IsRadiology: true, taken, taken.AddMinutes(dice.Between(25, 50)), picture.Code, words.Fill(picture.Title), null,
            lines, requester, site.Radiologist(dice), where));
    }

    private void Grow(string key, DateTime taken, DateTime ready, Clinician requester, string where)
    {
        var culture = Cultures.Named(key);
        var growth = dice.Weighted(culture.Growths, candidate => candidate.Share);
        _episode.WrittenReports.Add(new WrittenReport(
            $"M{serial()}", site.Trust, IsRadiology: false, taken, ready, culture.Code, culture.Title, culture.Specimen, [.. growth.Lines()],
            requester, site.Microbiologist(dice), where));
    }

    private void Write(
        LetterKind kind, string title, DateTime at, Clinician author, Specialty specialty, string visit, Writing.Documents.LetterText text) =>
        _episode.Letters.Add(new HospitalLetter($"D{serial()}", site.Trust, kind, title, at, author, specialty, visit, text));

    private Clinician EmergencyDoctor() => site.Consultant(Specialty.Emergency, dice);

    private string AntibioticWords(AcuteCase reason)
    {
        var first = reason.Changes.FirstOrDefault(change => change.IsShort && change.Drug.Family is not null || change.Otherwise is not null);
        return history.Safe(first?.Drug, first?.Otherwise)?.Name.Split(' ')[0].ToLowerInvariant() ?? "antibiotics";
    }

    private static List<string> Summary(IEnumerable<LabValue> values) =>
    [
        .. values.Where(value => value.Flag is not null).Take(8)
            .Select(value => $"{value.Analyte.Name} {value.Text} {value.Analyte.Unit} ({(value.Flag![0] == 'H' ? "high" : "low")}, range {value.Range})"),
    ];
}

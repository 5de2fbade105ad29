using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Letters;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Dialects;
using DorsetCareRecord.Simulator.Dialects.Gp;

namespace DorsetCareRecord.Simulator.County.Live;

/// <summary>
/// What happens in the county today. A story follows wholly from the seed, its number, its person and when it began, so
/// after a restart the same story goes on with the same messages and control ids.
/// </summary>
internal sealed class Stories(SyntheticCounty county)
{
    private const long FirstControlId = 5_000_000_000;
    private const int ControlIdsPerStory = 64;
    private const long FirstSerial = 600_000_000;
    private const int SerialsPerStory = 32;

    /// <param name="number">Never used twice.</param>
    /// <param name="isShort">Told in one message.</param>
    /// <param name="earlier">Consultations already told of this person since the backload.</param>
    public Story Tell(long number, int personIndex, DateTime began, bool isShort, IReadOnlyList<ToldConsultation> earlier,
        int told = 0)
    {
        var person = county.People[personIndex];
        var history = county.HistoryOf(person);
        var dice = Dice.For(county.Seed, "story", number);
        var kind = dice.Unit();
        var inWard = history.Visits.FirstOrDefault(visit => visit.End is null && visit.Kind == VisitKind.Inpatient);
        var steps = person.Hospitals.Count == 0 ? Consultation(number, history, began, earlier)
            : inWard is not null ? BloodTest(number, history, began, dice)
            : isShort ? kind < 0.3 ? Consultation(number, history, began, earlier) : kind < 0.36 ? DetailsConfirmed(number, history,
                began, dice) : BloodTest(number, history, began, dice)
            : kind switch
            {
                < 0.42 => Attendance(number, history, began, dice, admitted: false),
                < 0.74 => Attendance(number, history, began, dice, admitted: true),
                < 0.86 => Booking(number, history, began, dice),
                _ => ClinicLetter(number, history, began, dice),
            };
        return new Story(number, personIndex, began, [.. steps.OrderBy(step => step.Due)], told);
    }

    public static bool IsConsultation(Story story) => story.Steps is [{ Bundle: not null }];

    private List<LiveStep> Attendance(long number, History history, DateTime began, Dice dice, bool admitted)
    {
        var age = history.Person.AgeOn(DateOnly.FromDateTime(began));
        var fitting = AcuteCases.All
            .Where(reason => !reason.IsElective && reason.RateAt(age) > 0 && (reason.Only is null || reason.Only == history.Person.Sex))
            .Where(reason => admitted ? reason.Admitted > 0.2 && reason.FitsOneDay : reason.Admitted < 0.9)
            .ToList();
        if (fitting.Count == 0)
            return BloodTest(number, history, began, dice);
        var reason = dice.Weighted(fitting, candidate => candidate.RateAt(age));
        var site = county.Histories.SiteFor(history.Person, dice);
        var before = history.Medications.ToList();
        var episode = new EpisodeTeller(site, history, dice, SerialsOf(number)).Tell(reason,
            Timeline.Brisk(dice, began, admitted), admitted);
        history.Medications.Clear();
        history.Medications.AddRange(before);
        if (dice.Chance(0.15))
            Amend(episode, history, dice);
        Preview(episode);
        return Hospital(number, history, site.Trust, Acts(episode, site.Trust));
    }

    /// <summary>A result sent again corrected: same laboratory number, one value different.</summary>
    private static void Amend(Episode episode, History history, Dice dice)
    {
        if (episode.LabReports.Count == 0)
            return;
        var report = dice.Pick(episode.LabReports);
        var n = dice.Between(0, report.Values.Count - 1);
        var values = report.Values.ToList();
        values[n] = LabValue.Of(values[n].Analyte, values[n].Number * dice.Between(0.88, 1.13), history.Person.Sex);
        episode.LabReports.Add(report with
        {
            Status = 'C',
            Values = values,
            Reported = report.Reported.AddSeconds(40),
            Comment = "Corrected report: replaces the one sent before.",
        });
    }

    /// <summary>Microbiology telephones and sends what it has before the culture is final.</summary>
    private static void Preview(Episode episode)
    {
        foreach (var report in episode.WrittenReports.Where(report => !report.IsRadiology).ToList())
            episode.WrittenReports.Add(report with
            {
                Status = 'P',
                Reported = report.Reported.AddSeconds(-120),
                Lines = [report.Lines[0], "CULTURE: to follow."]
            });
    }

    private static IEnumerable<Act> Acts(Episode episode, string trust) =>
    [
        .. episode.Visits.Where(visit => visit.Trust == trust).SelectMany(visit => Chronicle.OfVisit(visit, sendsAttendance: true)),
        .. episode.LabReports.Select(report => new LabAct(report.Reported, report)),
        .. episode.WrittenReports.Select(report => new WordsAct(report.Reported, report)),
        .. episode.Letters.Select(letter => new LetterAct(letter.Written, letter)),
    ];

    private List<LiveStep> BloodTest(long number, History history, DateTime began, Dice dice)
    {
        var own = history.Sufferings.SelectMany(suffering => suffering.Ailment.Panels).Append("FBC").Append("UE").ToList();
        var panel = Panels.Named(dice.Pick(own));
        var trust = county.Histories.SiteFor(history.Person, dice).Trust;
        var taken = began.AddHours(-dice.Between(3, 6));
        var values = history.Physiology.Run(panel, taken, null, 0, dice);
        var report = new LabReport($"L{SerialsOf(number)()}", trust, taken, began, panel, values, history.Person.Doctor, history.Person.Practice.Name, Comments.On(panel, values));
        return Hospital(number, history, trust, [new LabAct(began, report)]);
    }

    /// <summary>Reception asks whether everything is still right, and the hospital sends it whole.</summary>
    private List<LiveStep> DetailsConfirmed(long number, History history, DateTime began, Dice dice) =>
        Hospital(number, history, county.Histories.SiteFor(history.Person, dice).Trust, [new Registered(began, IsNew: false)]);

    private List<LiveStep> Booking(long number, History history, DateTime began, Dice dice)
    {
        var site = county.Histories.SiteFor(history.Person, dice);
        var clinic = ClinicFor(history, dice);
        var serial = SerialsOf(number);
        var at = ClinicTeller.ClinicTime(dice, DateOnly.FromDateTime(began).AddDays(dice.Between(10, 70)));
        Visit Appointment(DateTime start, DateTime booked) => new()
        {
            Trust = site.Trust,
            Number = site.VisitNumber('O', start, serial()),
            Kind = VisitKind.Outpatient,
            Start = start,
            BookedAt = booked,
            Ward = ($"{site.Prefix}-{clinic.Code}", clinic.Name),
            Consultant = site.Consultant(clinic.Specialty, dice),
            Specialty = clinic.Specialty,
            Reason = clinic.Name,
        };

        var first = Appointment(at, began);
        if (!dice.Chance(0.4))
            return Hospital(number, history, site.Trust, [new VisitAct(began, "A05", first)]);
        var moved = began.AddSeconds(dice.Between(120, 240));
        return Hospital(number, history, site.Trust,
        [
            new VisitAct(began, "A05", first),
            new VisitAct(moved, "A38", first with { CancelledAt = moved }),
            new VisitAct(moved.AddSeconds(40), "A05", Appointment(at.AddDays(7), moved.AddSeconds(40))),
        ]);
    }

    private List<LiveStep> ClinicLetter(long number, History history, DateTime began, Dice dice)
    {
        var site = county.Histories.SiteFor(history.Person, dice);
        var clinic = ClinicFor(history, dice);
        var serial = SerialsOf(number);
        var day = DateOnly.FromDateTime(began).AddDays(-dice.Between(1, 4));
        var visit = new Visit
        {
            Trust = site.Trust,
            Number = site.VisitNumber('O', began, serial()),
            Kind = VisitKind.Outpatient,
            Start = ClinicTeller.ClinicTime(dice, day.AddDays(-2)),
            Ward = ($"{site.Prefix}-{clinic.Code}", clinic.Name),
            Consultant = site.Consultant(clinic.Specialty, dice),
            Specialty = clinic.Specialty,
            Reason = clinic.Name,
        };
        var words = new Wording(history.Person, day, dice);
        var acts = new List<Act> { new VisitAct(began, "A05", visit with { BookedAt = began }) };
        foreach (var code in clinic.Panels)
        {
            var panel = Panels.Named(code);
            var values = history.Physiology.Run(panel, visit.Start.AddDays(-1), null, 0, dice);
            words.SetResults(values);
            acts.Add(new LabAct(began.AddSeconds(30), new LabReport(
                $"L{serial()}", site.Trust, visit.Start.AddDays(-1), began.AddSeconds(30), panel, values, visit.Consultant, clinic.Name, Comments.On(panel, values))));
        }

        var n = dice.Between(0, clinic.Bodies.Length - 1);
        var plan = clinic.Plans.Length == clinic.Bodies.Length ? clinic.Plans[n] : dice.Pick(clinic.Plans);
        history.Visits.Add(visit);
        var text = HospitalLetters.FromClinic(site, history, visit, clinic, words, clinic.Bodies[n], plan);
        var typed = began.AddSeconds(dice.Between(60, 150));
        acts.Add(new LetterAct(typed, new HospitalLetter(
            $"D{serial()}", site.Trust, LetterKind.Clinic, $"{clinic.Specialty.Name} clinic letter", typed, visit.Consultant, clinic.Specialty, visit.Number, text)));
        return Hospital(number, history, site.Trust, acts);
    }

    private Clinic ClinicFor(History history, Dice dice)
    {
        var own = history.Sufferings.Select(suffering => suffering.Ailment.Clinic).OfType<string>().ToList();
        return own.Count > 0 ? Clinics.Named(dice.Pick(own)) : Clinics.Named(history.Person.AgeOn(DateOnly.FromDateTime(county.Midnight)) < 16 ? "paediatrics" : "dermatology");
    }

    private static List<LiveStep> Consultation(long number, History history, DateTime began,
        IReadOnlyList<ToldConsultation> earlier)
    {
        foreach (var (story, at) in earlier.Where(one => one.Story != number))
            Surgery.Consult(history, at, $"live-{story}", Dice.For(history.Person.Index, "consultation", story));
        Surgery.Consult(history, began, $"live-{number}", Dice.For(history.Person.Index, "consultation", number));
        return [new LiveStep(began, null, GpBundle.Write(history, began))];
    }

    private List<LiveStep> Hospital(long number, History history, string trust, IEnumerable<Act> acts)
    {
        var registration = history.Person.At(trust)!;
        var dialect = county.Dialects[trust];
        var ids = new ControlIds(FirstControlId + number * ControlIdsPerStory);
        return
        [
            .. acts.Where(act => dialect.SendsAttendance || act is not VisitAct { Trigger: "A03", Visit.Kind: VisitKind.Outpatient })
                .OrderBy(act => act.At)
                .Select(act => new LiveStep(act.At, dialect.Say(act, history, registration, ids), null)),
        ];
    }

    private static Func<long> SerialsOf(long number)
    {
        var next = FirstSerial + number * SerialsPerStory;
        return () => next++;
    }
}

using DorsetCareRecord.Simulator.County.Care;
using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>Writes each person's history: first what ails them, then what followed from it, up to the day before today.</summary>
/// <remarks>
/// Hospitals send the last <see cref="YearsSent"/> years, as their backloads do; the GP's problem list goes back to birth.
/// One person's history needs nobody else's, so any of them can be told at any time, in any order.
/// </remarks>
internal sealed class Histories(int seed, DateOnly today)
{
    public const int YearsSent = 5;
    private const int MostEpisodes = 6;

    /// <summary>Of those over 65, how many lie in a ward on the county's day.</summary>
    private const double ShareInHospital = 0.02;
    private const int MostClinicVisits = 6;
    private const int MostPanelsOfAKind = 4;
    private readonly IReadOnlyDictionary<string, HospitalSite> _sites = HospitalSite.All(seed);

    public IReadOnlyDictionary<string, HospitalSite> Sites => _sites;

    public History Of(Person person)
    {
        var dice = Dice.For(seed, "history", person.Index);
        var sufferings = Sufferings(dice, person).ToList();
        var history = new History(person, new Physiology(seed, person, sufferings)) { Sufferings = sufferings };
        var until = Earlier(today.AddDays(-1), person.Died);
        history.Allergies.AddRange(Illness.Allergies.Of(dice, person, until));
        foreach (var suffering in sufferings)
        {
            history.Problems.Add(new ProblemEntry($"problem-{suffering.Ailment.Key}", suffering.Ailment.Term, suffering.Ailment.Code, !suffering.Ailment.IsMinor, suffering.Since, null, null));
            Surgery.Repeats(history, suffering, dice, until);
        }

        if (person.Hospitals.Count > 0)
        {
            TellEpisodes(history, dice, until);
            TellClinics(history, dice, until);
        }

        TellSurgery(history, dice, until);
        TellMonitoring(history, dice, until);
        history.Vaccinations.AddRange(Vaccinations.Of(seed, history, until));
        history.Council = Councils.Of(seed, history, today);
        return history;
    }

    /// <summary>The trust a person is taken to: nearly always their own.</summary>
    public HospitalSite SiteFor(Person person, Dice dice)
    {
        var own = person.At(person.Home.Place.Hospital);
        var registration = own is not null && dice.Chance(0.85) ? own : dice.Pick(person.Hospitals);
        return _sites[registration.Trust];
    }

    private IEnumerable<Suffering> Sufferings(Dice dice, Person person)
    {
        var likelier = new Dictionary<string, double>();
        var age = person.AgeOn(today);
        foreach (var ailment in Ailments.All)
        {
            var chance = ailment.PrevalenceAt(age) * likelier.GetValueOrDefault(ailment.Key, 1);
            if ((ailment.Only is not null && ailment.Only != person.Sex) || age < ailment.NotBefore || !dice.Chance(Math.Min(0.9,
                chance)))
                continue;
            var room = age - ailment.NotBefore;
            var years = Math.Min(room, -Math.Log(1 - dice.Unit()) * (ailment.NotBefore < 20 ? room * 0.7 : 8));
            var since = Later(person.Born, today.AddDays(-(int)(years * 365.25) - dice.Between(20, 300)));
            foreach (var (key, times) in ailment.Raises)
                likelier[key] = likelier.GetValueOrDefault(key, 1) * times;
            yield return new Suffering(ailment, since);
        }
    }

    private void TellEpisodes(History history, Dice dice, DateOnly until)
    {
        var free = DateTime.MinValue;
        var now = today.ToDateTime(default);
        foreach (var (at, reason) in Plan(history, dice, until).OrderBy(plan => plan.At).TakeLast(MostEpisodes))
        {
            if (at < free)
                continue;
            var admitted = reason.IsElective || dice.Chance(reason.Admitted);
            var times = Timeline.True(dice, reason, at, admitted, stillThere: false);
            var isOver = times.Letter < now;
            if (!isOver && (!admitted || reason.IsDayCase || history.Person.Died is not null))
                continue;
            if (!isOver)
                times = times with { Left = null, Rechecked = null, Moved = times.Moved < now ? times.Moved : null };
            new EpisodeTeller(SiteFor(history.Person, dice), history, dice, history.NextSerial).Tell(reason, times,
                admitted).AddTo(history);
            if (reason.ProblemCode is not null)
                history.Problems.Add(ProblemOf(reason, DateOnly.FromDateTime(at), history.Problems.Count + 1));
            free = times.Left?.AddDays(10) ?? DateTime.MaxValue;
        }
    }

    private List<(DateTime At, AcuteCase Case)> Plan(History history, Dice dice, DateOnly until)
    {
        var planned = new List<(DateTime At, AcuteCase Case)>();
        var from = Later(today.AddYears(-YearsSent), history.Person.Born);
        foreach (var suffering in history.Sufferings)
        {
            var begins = Later(from, suffering.Since);
            if (suffering.Ailment.OnsetCase is { } onset && suffering.Since > from && suffering.Since < until)
                planned.Add((dice.TimeOn(suffering.Since, 6, 22), AcuteCases.Named(onset)));
            foreach (var (key, perYear) in suffering.Ailment.Crises)
                Scatter(AcuteCases.Named(key), perYear, begins);
        }

        foreach (var reason in AcuteCases.All)
            Scatter(reason, reason.RateAt(history.Person.AgeOn(until)), from);
        if (history.Person.AgeOn(until) > 65 && history.Person.Died is null && dice.Chance(ShareInHospital))
            planned.Add((dice.TimeOn(today.AddDays(-1), 6, 19),
                AcuteCases.Named(dice.Pick(["pneumonia", "heart failure", "hip fracture", "uti delirium"]))));
        return planned;

        void Scatter(AcuteCase reason, double perYear, DateOnly begins)
        {
            if (perYear <= 0)
                return;
            for (var day = begins.DayNumber + dice.DaysUntil(perYear); day < until.DayNumber; day += 40 + dice.DaysUntil(perYear))
            {
                var at = DateOnly.FromDayNumber((int)day);
                var age = history.Person.AgeOn(at);
                if (age < reason.FromAge || age > reason.UntilAge || (reason.Only is not null && reason.Only != history.Person.Sex))
                    continue;
                planned.Add((reason.IsElective ? dice.TimeOn(at, 7, 9) : dice.TimeOn(at, 0, 24), reason));
                if (reason.IsElective)
                    return;
            }
        }
    }

    private static ProblemEntry ProblemOf(AcuteCase reason, DateOnly day, int n)
    {
        var isMajor = reason.Days.Most > 4;
        return new ProblemEntry($"episode-{n}", reason.Diagnosis, reason.ProblemCode, isMajor, day, isMajor ? null : day.AddDays(30), "From hospital letter");
    }

    private void TellClinics(History history, Dice dice, DateOnly until)
    {
        var teller = new ClinicTeller(history, dice, today);
        var left = MostClinicVisits;
        foreach (var suffering in history.Sufferings.Where(s => s.Ailment.Clinic is not null))
        {
            if (left <= 0 || !dice.Chance(suffering.Ailment.Followed))
                continue;
            var clinic = Clinics.Named(suffering.Ailment.Clinic!);
            var site = SiteFor(history.Person, dice);
            var gap = (int)(365 / suffering.Ailment.ClinicVisitsPerYear);
            var begins = Later(suffering.Since.AddDays(dice.Between(20, 90)), today.AddYears(-3));
            for (var day = begins.AddDays(dice.Between(0,
                gap)); day < until && left > 0; day = day.AddDays(gap + dice.Between(-20, 30)),
                left--)
                teller.Tell(site, clinic, ClinicTeller.ClinicTime(dice, day));
            if (history.Person.Died is null && dice.Chance(0.5))
                teller.Book(site, clinic, ClinicTeller.ClinicTime(dice, today.AddDays(dice.Between(3, 120))));
        }

        foreach (var fracture in history.Visits.Where(visit => visit.Diagnoses.Any(d => d.Icd10 == "S52.5") && visit.Kind == VisitKind.Emergency).ToList())
        {
            var day = DateOnly.FromDateTime(fracture.Start).AddDays(7);
            if (day < until)
                teller.Tell(_sites[fracture.Trust], Clinics.Named("fracture"), ClinicTeller.ClinicTime(dice, day));
        }
    }

    private void TellSurgery(History history, Dice dice, DateOnly until)
    {
        var age = history.Person.AgeOn(until);
        var perYear = age switch { < 2 => 5, < 18 => 1.2, < 45 => 1.8, < 65 => 2.6, < 80 => 4, _ => 5 } + history.Sufferings.Count * 0.3;
        var from = Later(history.Person.Born, today.AddMonths(-20));
        var n = 0;
        for (var day = from.DayNumber + dice.DaysUntil(perYear); day < until.DayNumber; day += dice.DaysUntil(perYear))
        {
            var at = DateOnly.FromDayNumber((int)day);
            if (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                at = at.AddDays(2);
            if (at >= until)
                continue;
            var consultation = Surgery.Consult(history, dice.TimeOn(at, 8, 18), $"consult-{++n}", dice);
            if (consultation.Reason == "Urinary tract infection" && TrustFor(history.Person) is { Length: > 0 } trust && dice.Chance(0.6))
                history.WrittenReports.Add(SurgeryCultures.Urine(history, consultation, _sites[trust], dice));
        }
    }

    /// <summary>Blood tests the practice asks for; the laboratory is that of the trust that knows the person.</summary>
    private void TellMonitoring(History history, Dice dice, DateOnly until)
    {
        var trust = TrustFor(history.Person);
        var plan = new Dictionary<string, (int Months, DateOnly From)>();
        foreach (var suffering in history.Sufferings)
        {
            foreach (var code in suffering.Ailment.Panels)
            {
                if (!plan.TryGetValue(code, out var other) || other.Months > suffering.Ailment.MonthsBetweenPanels)
                    plan[code] = (suffering.Ailment.MonthsBetweenPanels, suffering.Since);
            }
        }

        if (history.Person.AgeOn(until) > 40 && dice.Chance(0.5))
            plan.TryAdd("FBC", (30, today.AddYears(-4)));
        foreach (var (code, (months, from)) in plan.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var day = until.AddDays(-dice.Between(5, months * 30));
            for (var n = 0; n < MostPanelsOfAKind && day > Later(from, today.AddYears(-YearsSent)); n++,
                day = day.AddDays(-months * 30 - dice.Between(-12, 25)))
            {
                var taken = dice.TimeOn(day, 8, 12);
                var panel = Panels.Named(code);
                var values = history.Physiology.Run(panel, taken, null, 0, dice);
                history.LabReports.Add(new LabReport(
                    $"L{history.NextSerial()}", trust, taken, taken.AddHours(dice.Between(5, 9)), panel, values, history.Person.Doctor, history.Person.Practice.Name, Comments.On(panel, values)));
            }
        }
    }

    /// <summary>Whose laboratory the practice uses for a person; empty for one whom no hospital knows.</summary>
    private static string TrustFor(Person person) =>
        person.At(person.Home.Place.Hospital)?.Trust ?? (person.Hospitals is [var known, ..] ? known.Trust : "");

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly? b) => b < a ? b.Value : a;
}

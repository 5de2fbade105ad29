using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Letters;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>Outpatient clinics: an appointment that was kept with its letter, one that is still to come, one called off.</summary>
internal sealed class ClinicTeller(History history, Dice dice, DateOnly today)
{
    /// <summary>Clinics begin on the quarter hour, on weekdays.</summary>
    public static DateTime ClinicTime(Dice dice, DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        return day.ToDateTime(new TimeOnly(dice.Between(9, 16), dice.Between(0, 3) * 15));
    }

    public void Tell(HospitalSite site, Clinic clinic, DateTime at)
    {
        var visit = Appointment(site, clinic, at) with { End = at.AddMinutes(dice.Between(15, 40)) };
        history.Visits.Add(visit);
        var words = new Wording(history.Person, DateOnly.FromDateTime(at), dice);
        foreach (var code in clinic.Panels)
        {
            var panel = Panels.Named(code);
            var taken = at.AddDays(-dice.Between(2, 6)).Date.AddHours(9).AddMinutes(dice.Between(0, 120));
            var values = history.Physiology.Run(panel, taken, null, 0, dice);
            words.SetResults(values);
            history.LabReports.Add(new LabReport(
                $"L{history.NextSerial()}", site.Trust, taken, taken.AddHours(6), panel, values, visit.Consultant, clinic.Name, Comments.On(panel, values)));
        }

        if (clinic.Imaging is not null && dice.Chance(0.6))
            Image(site, Imaging.Named(clinic.Imaging), at.AddMinutes(-40), visit, words);
        if (dice.Chance(0.1))
            return;
        var n = dice.Between(0, clinic.Bodies.Length - 1);
        var text = HospitalLetters.FromClinic(site, history, visit, clinic, words, clinic.Bodies[n],
            dice.Pick(clinic.Plans.Length == clinic.Bodies.Length ? [clinic.Plans[n]] : clinic.Plans));
        var typed = Earlier(at.Date.AddDays(dice.Between(1, 6)).AddHours(dice.Between(9, 16)),
            today.ToDateTime(default).AddHours(-2));
        if (typed > at)
        {
            history.Letters.Add(new HospitalLetter(
                $"D{history.NextSerial()}", site.Trust, LetterKind.Clinic, $"{clinic.Specialty.Name} clinic letter", typed, visit.Consultant, clinic.Specialty, visit.Number, text));
        }
    }

    /// <summary>An appointment in the future; one in eight was first given for another day and moved.</summary>
    public void Book(HospitalSite site, Clinic clinic, DateTime at)
    {
        if (dice.Chance(0.125))
        {
            var first = Appointment(site, clinic, at.AddDays(-7));
            history.Visits.Add(first with { CancelledAt = first.BookedAt!.Value.AddDays(2) });
            history.Visits.Add(Appointment(site, clinic, at) with { BookedAt = first.BookedAt.Value.AddDays(2).AddMinutes(1) });
            return;
        }

        history.Visits.Add(Appointment(site, clinic, at));
    }

    private Visit Appointment(HospitalSite site, Clinic clinic, DateTime at)
    {
        var booked = Earlier(at.AddDays(-dice.Between(14, 60)), today.ToDateTime(default).AddDays(-dice.Between(4, 12)));
        return new Visit
        {
            Trust = site.Trust,
            Number = site.VisitNumber('O', at, history.NextSerial()),
            Kind = VisitKind.Outpatient,
            Start = at,
            BookedAt = booked.Date.AddHours(dice.Between(9, 16)).AddMinutes(dice.Between(0, 59)),
            Ward = ($"{site.Prefix}-{clinic.Code}", clinic.Name),
            Consultant = site.Consultant(clinic.Specialty, dice),
            Specialty = clinic.Specialty,
            Reason = clinic.Name,
        };
    }

    private void Image(HospitalSite site, Picture picture, DateTime taken, Visit visit, Wording words) => history.WrittenReports.Add(new WrittenReport(
        $"R{history.NextSerial()}", site.Trust, IsRadiology: true, taken, taken.AddMinutes(35), picture.Code, words.Fill(picture.Title), null,
        [$"Clinical details: {words.Fill(picture.Request)}", "", .. picture.Findings.Select(words.Fill), "", $"Conclusion: {words.Fill(picture.Conclusion)}"],
        visit.Consultant, site.Radiologist(dice), visit.Ward.Name));

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}

using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>One patient's acts at one trust, in the order in which they happened.</summary>
internal static class Chronicle
{
    /// <param name="now">What has not happened yet is not told.</param>
    public static IReadOnlyList<Act> Of(History history, Registration registration, bool sendsAttendance, DateTime now)
    {
        var trust = registration.Trust;
        var acts = new List<Act>();
        foreach (var visit in history.Visits.Where(visit => visit.Trust == trust))
            acts.AddRange(OfVisit(visit, sendsAttendance));
        acts.AddRange(history.LabReports.Where(report => report.Trust == trust).Select(report => new LabAct(report.Reported, report)));
        acts.AddRange(history.WrittenReports.Where(report => report.Trust == trust).Select(report => new WordsAct(report.Reported, report)));
        acts.AddRange(history.Letters.Where(letter => letter.Trust == trust).Select(letter => new LetterAct(letter.Written, letter)));
        acts.RemoveAll(act => act.At >= now);

        var first = acts.Count == 0 ? now.AddDays(-30 - history.Person.Index * 37 % 1500) : acts.Min(act => act.At);
        var birth = history.Person.Born.ToDateTime(new TimeOnly(12, 0));
        acts.Add(new Registered(first.AddDays(-1) > birth ? first.AddDays(-1) : first.AddMinutes(-1), IsNew: true));
        if (history.Person.Died is { } died && died.ToDateTime(new TimeOnly(14, 0)).AddDays(1) is var told && told < now)
            acts.Add(new Registered(told, IsNew: false));
        if (registration.DuplicateNumber is { } prior)
            acts.Add(new MergeAct(now.AddDays(-3 - history.Person.Index % 90), prior));
        return [.. acts.OrderBy(act => act.At)];
    }

    /// <param name="sendsAttendance">Whether the system tells that an appointment was kept. System C here does not.</param>
    public static IEnumerable<Act> OfVisit(Visit visit, bool sendsAttendance)
    {
        switch (visit.Kind)
        {
            case VisitKind.Outpatient:
                if (visit.BookedAt is { } booked)
                    yield return new VisitAct(booked, "A05", visit with { End = null });
                if (visit.CancelledAt is { } cancelled)
                    yield return new VisitAct(cancelled, "A38", visit);
                else if (sendsAttendance && visit.End is { } left)
                    yield return new VisitAct(left, "A03", visit);
                break;
            case VisitKind.Emergency:
                yield return new VisitAct(visit.Start, "A04", visit with { End = null, Diagnoses = [] });
                if (visit.End is { } gone)
                    yield return new VisitAct(gone, "A03", visit);
                break;
            default:
                yield return new VisitAct(visit.Start, "A01", visit with { End = null, Diagnoses = [], Ward = visit.FirstWard ?? visit.Ward });
                if (visit is { MovedAt: { } moved })
                    yield return new VisitAct(moved, "A02", visit with { End = null, Diagnoses = [] });
                if (visit.End is { } discharged)
                    yield return new VisitAct(discharged, "A03", visit);
                break;
        }
    }
}

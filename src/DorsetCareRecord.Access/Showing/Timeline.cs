using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>How far back a timeline goes.</summary>
public enum TimelinePeriod
{
    All = 0,
    Days14 = 1,
    Months3 = 2,
    Year1 = 3,
    Years5 = 4,
}

/// <summary>One line of the timeline: an item, or a report with the results it brought.</summary>
/// <param name="At">For the order: the item's own time, else when its source spoke of it.</param>
/// <param name="Date">The item's own time, as precise as it is; null when its source gave none.</param>
/// <param name="Entries">What stands behind the line; the first leads to its origin.</param>
public sealed record TimelineLine(
    DateTimeOffset At, ClinicalDate? Date, Section Section, string Source, string Title, string? Detail, IReadOnlyList<AnyEntry> Entries)
{
    public AnyEntry Entry => Entries[0];
}

/// <summary>Which lines of a timeline are wanted; by itself all.</summary>
public sealed record TimelineFilter(Section? Section = null, string? Source = null, TimelinePeriod Period = TimelinePeriod.All, bool IsNewOnly = false);

/// <summary>The whole record by its own times, newest first, what is to come before what was.</summary>
/// <param name="Shown">After the filter, of <paramref name="OfAll"/>.</param>
public sealed record Timeline(IReadOnlyList<TimelineLine> ToCome, IReadOnlyList<TimelineLine> Past, int Shown, int OfAll)
{
    public static Timeline Of(RecordView view, TimelineFilter filter, DateTimeOffset now)
    {
        var all = Lines(view);
        var since = Since(filter.Period, now);
        var shown = all.Where(line =>
                (filter.Section is null || line.Section == filter.Section)
                && (filter.Source is null || line.Source == filter.Source)
                && (line.At >= since || filter.Period == TimelinePeriod.All)
                && (!filter.IsNewOnly || line.Entries.Any(entry => view.News?.Entries.ContainsKey(entry.Id) == true)))
            .ToList();
        return new Timeline(
            [.. shown.Where(line => line.At > now).OrderBy(line => line.At).ThenBy(line => line.Entry.Id)],
            [.. shown.Where(line => line.At <= now).OrderByDescending(line => line.At).ThenBy(line => line.Entry.Id)],
            shown.Count, all.Count);
    }

    private static List<TimelineLine> Lines(RecordView view)
    {
        var everything = EverythingIn.Of(view).ToDictionary(entry => entry.Id);
        var results = RecentResult.Of(view.Reports, view.Results).Select(line => new TimelineLine(
            line.At, line.Date, Section.Results, line.Source, line.Title, Outcome(line),
            [.. (line.Report is null ? [] : new[] { line.Report.Id }).Concat(line.Values.Select(value => value.Id)).Select(id => everything[id])]));
        var others = everything.Values.Where(entry => entry.Section is not (Section.Results or Section.Demographics) && entry.Item is not Notice)
            .Select(Line);
        return [.. results, .. others];
    }

    private static TimelineLine Line(AnyEntry entry)
    {
        var date = When(entry.Item);
        return new TimelineLine(date?.AsInstant() ?? entry.StatedAt, date, entry.Section, entry.Source, ItemTitle.Of(entry.Item), Detail(entry), [entry]);
    }

    /// <summary>The time an item is about, as its source gave it.</summary>
    public static ClinicalDate? When(Item item) => item switch
    {
        Flag flag => flag.From,
        Problem problem => problem.OnsetOn ?? problem.RecordedOn,
        Medicine medicine => medicine.StartedOn,
        Allergy allergy => allergy.RecordedOn ?? allergy.OnsetOn,
        Result result => result.TakenAt ?? result.ReportedAt,
        Report report => report.TakenAt ?? report.ReportedAt,
        Contact contact => contact.From,
        CareService service => service.StartedOn,
        CareWorker worker => worker.From,
        CareDetail detail => detail.StartedOn,
        Letter letter => letter.WrittenAt,
        Encounter encounter => encounter.StartAt,
        Immunisation immunisation => immunisation.GivenOn ?? immunisation.RecordedOn,
        _ => null,
    };

    private static string? Detail(AnyEntry entry) => entry.Item switch
    {
        Problem { Status: ProblemStatus.Resolved, EndedOn: { } ended } => $"resolved {Dates.Day(ended)}",
        Problem { Status: ProblemStatus.Resolved } => "resolved",
        Medicine { Change: MedicineChange.Started } => "started at discharge",
        Medicine { Change: MedicineChange.Changed } => "changed at discharge",
        Medicine { Change: MedicineChange.Stopped } => "stopped at discharge",
        Medicine { EndedOn: { } ended } => $"ended {Dates.Day(ended)}",
        Letter { Department: { } department } => department,
        Flag { Active: false } => "no longer active",
        CareService { EndedOn: { } ended } => $"ended {Dates.Day(ended)}",
        _ when entry.Ended => "no longer listed by its source",
        _ => null,
    };

    private static string? Outcome(RecentResult line) => line switch
    {
        { Report: null, Values: [var only] } => string.Join(' ', new[] { only.Item.Value, only.Item.Unit, ResultFlag.Of(only.Item.Flag).Word }
            .Where(part => !string.IsNullOrWhiteSpace(part))),
        { Pressure: { } pressure } => line.Abnormal == 0 ? pressure : $"{pressure}, {line.Abnormal} abnormal",
        { Values.Count: > 0 } => $"{line.Values.Count} {(line.Values.Count == 1 ? "result" : "results")}, {(line.Abnormal == 0 ? "none flagged" : $"{line.Abnormal} abnormal")}",
        _ => ResultWords.State(line.Status),
    };

    private static DateTimeOffset Since(TimelinePeriod period, DateTimeOffset now) => period switch
    {
        TimelinePeriod.Days14 => now.AddDays(-14),
        TimelinePeriod.Months3 => now.AddMonths(-3),
        TimelinePeriod.Year1 => now.AddYears(-1),
        TimelinePeriod.Years5 => now.AddYears(-5),
        _ => DateTimeOffset.MinValue,
    };
}

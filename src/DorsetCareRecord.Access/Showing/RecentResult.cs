using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>One line of the recent results: a report with its values, or a value that came alone.</summary>
public sealed record RecentResult(
    DateTimeOffset At, ClinicalDate? Date, string Title, string Source, ResultStatus Status, Entry<Report>? Report, IReadOnlyList<Entry<Result>> Values)
{
    public int Abnormal => Values.Count(value => ResultFlag.Of(value.Item.Flag).IsAbnormal);

    /// <summary>Asked for, or not yet whole: more is to come.</summary>
    public bool IsPending => Status is ResultStatus.Registered or ResultStatus.Preliminary or ResultStatus.Partial;

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<RecentResult> Of(SectionView<Report> reports, SectionView<Result> results)
    {
        var byReport = results.Entries.ToLookup(value => (value.Source, value.Item.ReportKey));
        var known = reports.Entries.Select(report => (report.Source, (string?)report.Key)).ToHashSet();
        var lines = reports.Entries.Select(report => new RecentResult(
                DateOf(report.Item)?.AsInstant() ?? report.StatedAt,
                DateOf(report.Item), report.Item.Title, report.Source, report.Item.Status, report,
                [.. byReport[(report.Source, report.Key)].OrderBy(value => value.Item.Position ?? int.MaxValue)]))
            .Concat(results.Entries.Where(value => !known.Contains((value.Source, value.Item.ReportKey))).Select(value => new RecentResult(
                ResultSeries.When(value), value.Item.TakenAt ?? value.Item.ReportedAt, value.Item.Test, value.Source, value.Item.Status, null, [value])));
        return [.. lines.OrderByDescending(line => line.At)];
    }

    private static ClinicalDate? DateOf(Report report) => report.TakenAt ?? report.ReportedAt ?? report.RequestedAt;
}

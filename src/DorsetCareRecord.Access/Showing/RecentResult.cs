using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>One line of the recent results: a report with its values, or a value that came alone.</summary>
public sealed record RecentResult(
    DateTimeOffset At, ClinicalDate? Date, string Title, string Source, ResultStatus Status, Entry<Report>? Report, IReadOnlyList<Entry<Result>> Values)
{
    /// <summary>Upper and lower pressure of one measurement, which are read together or not at all; null for anything else.</summary>
    public string? Pressure => Report is null && Values is [var upper, var lower] ? $"{upper.Item.Value}/{lower.Item.Value} {upper.Item.Unit}".TrimEnd() : null;

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
            .Concat(Alone(results.Entries.Where(value => !known.Contains((value.Source, value.Item.ReportKey)))));
        return [.. lines.OrderByDescending(line => line.At)];
    }

    /// <summary>Values without a report. The two pressures of one moment and source are one line (NHS CUI GTAB-039: joined).</summary>
    private static IEnumerable<RecentResult> Alone(IEnumerable<Entry<Result>> values)
    {
        foreach (var together in values.GroupBy(value => (value.Source, Key: IsPressure(value) ? $"{ResultSeries.When(value):O}{value.Item.Unit}" : value.Id.ToString())))
        {
            var lines = together.ToList() is [var one, var other] && IsUpper(one) != IsUpper(other)
                ? [new[] { one, other }.OrderByDescending(IsUpper).ToList()]
                : together.Select(value => new List<Entry<Result>> { value });
            foreach (var line in lines)
            {
                yield return new RecentResult(
                    ResultSeries.When(line[0]), line[0].Item.TakenAt ?? line[0].Item.ReportedAt, line.Count == 2 ? "Blood pressure" : line[0].Item.Test,
                    line[0].Source, line[0].Item.Status, null, line);
            }
        }
    }

    private static bool IsPressure(Entry<Result> value) => value.Item.Test.EndsWith("pressure", StringComparison.OrdinalIgnoreCase)
        && (IsUpper(value) || value.Item.Test.StartsWith("Diastolic", StringComparison.OrdinalIgnoreCase));

    private static bool IsUpper(Entry<Result> value) => value.Item.Test.StartsWith("Systolic", StringComparison.OrdinalIgnoreCase);

    private static ClinicalDate? DateOf(Report report) => report.TakenAt ?? report.ReportedAt ?? report.RequestedAt;
}

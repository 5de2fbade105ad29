using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// One test over time, newest first. A nationally coded test is one series over all laboratories; a test that only has a
/// laboratory's own name stays within that source. Units are never mixed or converted (hazard H08).
/// </summary>
public sealed record ResultSeries(string Test, string? Panel, string? Unit, IReadOnlyList<Entry<Result>> Values)
{
    public Entry<Result> Latest => Values[0];

    public Entry<Result>? Previous => Values.Count > 1 ? Values[1] : null;

    public ResultFlag Flag => ResultFlag.Of(Latest.Item.Flag);

    /// <summary>All series of a section, in order of panel and of place within it.</summary>
    public static IReadOnlyList<ResultSeries> Of(SectionView<Result> section) =>
    [
        .. section.Entries.Where(entry => entry.Item.Status != ResultStatus.Cancelled && !string.IsNullOrWhiteSpace(entry.Item.Value))
            .GroupBy(Key)
            .Select(group => group.OrderByDescending(When).ThenByDescending(entry => entry.Message).ToList())
            .Select(values => new ResultSeries(values[0].Item.Test, values[0].Item.Panel, values[0].Item.Unit, values)),
    ];

    /// <summary>Whose latest value is flagged: critical first, then newest.</summary>
    public static IReadOnlyList<ResultSeries> Abnormal(IEnumerable<ResultSeries> all) =>
    [
        .. all.Where(series => series.Flag.IsAbnormal)
            .OrderByDescending(series => series.Flag.IsCritical).ThenByDescending(series => When(series.Latest)),
    ];

    /// <summary>When the sample was taken, else reported, else stated.</summary>
    public static DateTimeOffset When(Entry<Result> entry) =>
        (entry.Item.TakenAt ?? entry.Item.ReportedAt)?.AsInstant() ?? entry.StatedAt;

    private static (string Place, string Test, string Unit) Key(Entry<Result> entry)
    {
        var unit = entry.Item.Unit?.Trim() ?? "";
        return entry.Item.Coding is { System: CodeSystems.SnomedCt, Code: var code }
            ? ("", code, unit)
            : (entry.Source, (entry.Item.Coding?.Code ?? "") + "|" + entry.Item.Test.Trim().ToUpperInvariant(), unit);
    }
}

/// <summary>One line of the recent results: a report with its values, or a value that came alone.</summary>
public sealed record RecentResult(
    DateTimeOffset At, ClinicalDate? Date, string Title, string Source, ResultStatus Status, Entry<Report>? Report, IReadOnlyList<Entry<Result>> Values)
{
    public int Abnormal => Values.Count(value => ResultFlag.Of(value.Item.Flag).IsAbnormal);

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<RecentResult> Of(SectionView<Report> reports, SectionView<Result> results)
    {
        var byReport = results.Entries.ToLookup(value => (value.Source, value.Item.ReportKey));
        var known = reports.Entries.Select(report => (report.Source, (string?)report.Key)).ToHashSet();
        var lines = reports.Entries.Select(report => new RecentResult(
                (report.Item.TakenAt ?? report.Item.ReportedAt)?.AsInstant() ?? report.StatedAt,
                report.Item.TakenAt ?? report.Item.ReportedAt, report.Item.Title, report.Source, report.Item.Status, report,
                [.. byReport[(report.Source, report.Key)].OrderBy(value => value.Item.Position ?? int.MaxValue)]))
            .Concat(results.Entries.Where(value => !known.Contains((value.Source, value.Item.ReportKey))).Select(value => new RecentResult(
                ResultSeries.When(value), value.Item.TakenAt ?? value.Item.ReportedAt, value.Item.Test, value.Source, value.Item.Status, null, [value])));
        return [.. lines.OrderByDescending(line => line.At)];
    }
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Results over time in one grid, and beside it trends, what was amended, what is to come, and the reports that are words.</summary>
internal sealed class ResultsModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    /// <summary>Dates that fit beside the names of tests.</summary>
    public const int Columns = 10;

    private const int Trended = 2;

    /// <summary>Values of a chart nobody chose a period for (GTAB-096: not all data by default).</summary>
    private const int ChartedByDefault = 20;

    /// <summary>Months one can look back, beside all.</summary>
    public static IReadOnlyList<int> Periods { get; } = [3, 6, 12, 24];

    public ResultGrid Grid { get; private set; } = new([], [], 0, 0);

    public ResultFilter Filter { get; private set; } = new();

    /// <summary>Token of the test whose trend was asked for.</summary>
    public string? Test { get; private set; }

    public int AllSeries { get; private set; }

    public int ShownSeries { get; private set; }

    public IReadOnlyList<(string Token, string Name)> Panels { get; private set; } = [];

    public IReadOnlyList<string> Laboratories { get; private set; } = [];

    /// <summary>The test asked for, else those whose latest value is flagged gravest; no chart where there are no numbers.</summary>
    public IReadOnlyList<(ResultSeries Series, TrendChart? Chart)> Trends { get; private set; } = [];

    public IReadOnlyList<(Entry<Result> Now, IReadOnlyList<EarlierValue> Earlier)> Amended { get; private set; } = [];

    /// <summary>Asked for or not yet whole, newest first.</summary>
    public IReadOnlyList<RecentResult> Pending { get; private set; } = [];

    /// <summary>Radiology, microbiology, histology: reports that have no values, newest first.</summary>
    public IReadOnlyList<RecentResult> InWords { get; private set; } = [];

    /// <summary>Values too long for a grid.</summary>
    public IReadOnlyList<Entry<Result>> LongValues { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid person, [FromQuery] int earlier, [FromQuery] string? panel, [FromQuery] string? from,
        [FromQuery] int? months, [FromQuery] string? only, [FromQuery] string? test, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Results, cancel))
            return NotFound();
        var all = ResultSeries.Of(View.Results);
        Filter = new ResultFilter { Panel = Given(panel), Source = Given(from), AbnormalOnly = only == "abnormal", Months = Periods.Contains(months ?? 0) ? months : null };
        Test = all.Any(series => series.Id == test) ? test : null;
        var shown = Filter.Of(all, Now);
        (AllSeries, ShownSeries) = (all.Count, shown.Count);
        Panels = ResultFilter.Panels(all);
        Laboratories = [.. View.Results.Entries.Select(entry => entry.Source).Distinct().Order(StringComparer.Ordinal)];
        Grid = ResultGrid.Of(shown, Columns, earlier);
        Trends = [.. Chosen(all, shown).Select(series => (series, TrendChart.Of(series.Values.Take(Filter.Months is null ? ChartedByDefault : int.MaxValue), TrendFrame.Chart)))];
        var recent = RecentResult.Of(View.Reports, View.Results);
        Pending = [.. recent.Where(line => line.IsPending)];
        InWords = [.. recent.Where(line => line is { Report: not null, Values.Count: 0, Status: not ResultStatus.Registered })];
        LongValues = [.. View.Results.Entries.Where(entry => !string.IsNullOrWhiteSpace(entry.Item.Value) && !ResultGrid.FitsCell(entry))];
        var earlierValues = (await Lens.ReadAmendedAsync(cancel)).ToLookup(value => value.Entry);
        Amended = [.. View.Results.Entries.Where(entry => earlierValues.Contains(entry.Id)).Select(entry => (entry, (IReadOnlyList<EarlierValue>)[.. earlierValues[entry.Id]]))];
        return Page();
    }

    /// <summary>This page with one thing of its address changed.</summary>
    public string Address(int? earlier = null, string? test = null)
    {
        var query = string.Join('&', new[]
        {
            Filter.Panel is { } panel ? $"panel={Uri.EscapeDataString(panel)}" : null,
            Filter.Source is { } source ? $"from={Uri.EscapeDataString(source)}" : null,
            Filter.Months is { } months ? $"months={months}" : null,
            Filter.AbnormalOnly ? "only=abnormal" : null,
            (test ?? Test) is { } token ? $"test={token}" : null,
            (earlier ?? Grid.Skipped) is > 0 and var skip ? $"earlier={skip}" : null,
        }.Where(part => part is not null));
        return query.Length == 0 ? Link("results") : $"{Link("results")}?{query}";
    }

    private IEnumerable<ResultSeries> Chosen(IReadOnlyList<ResultSeries> all, IReadOnlyList<ResultSeries> shown)
    {
        if (Test is not null)
            return all.Where(series => series.Id == Test).Take(1);
        var plotted = shown.Where(series => series.Values.Count(value => value.Item.Number is not null) > 1).ToList();
        return ResultSeries.Abnormal(plotted, Now).Concat(plotted).Distinct().Take(Trended);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > 40 ? null : text;
}

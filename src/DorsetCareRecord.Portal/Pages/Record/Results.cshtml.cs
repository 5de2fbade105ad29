using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Results over time in one grid, and beside it the reports that are words.</summary>
internal sealed class ResultsModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    /// <summary>Dates that fit beside the names of tests.</summary>
    public const int Columns = 10;

    public ResultGrid Grid { get; private set; } = new([], [], 0, 0);

    /// <summary>Radiology, microbiology, histology: reports that have no values, newest first.</summary>
    public IReadOnlyList<RecentResult> InWords { get; private set; } = [];

    /// <summary>Values too long for a grid.</summary>
    public IReadOnlyList<Entry<Result>> LongValues { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid person, [FromQuery] int earlier, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Results, cancel))
            return NotFound();
        Grid = ResultGrid.Of(ResultSeries.Of(View.Results), Columns, earlier);
        InWords = [.. RecentResult.Of(View.Reports, View.Results).Where(line => line is { Report: not null, Values.Count: 0 })];
        LongValues = [.. View.Results.Entries.Where(entry => !string.IsNullOrWhiteSpace(entry.Item.Value) && !ResultGrid.FitsCell(entry))];
        return Page();
    }
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>One report in its own words, its lines as the department laid them out.</summary>
internal sealed class ReportModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public Entry<Report> Entry { get; private set; } = null!;

    public string? Text { get; private set; }

    /// <summary>Its values, in the laboratory's order.</summary>
    public IReadOnlyList<Entry<Result>> Values { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid person, Guid entry, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Report(entry), cancel)
            || View.Reports.Entries.FirstOrDefault(report => report.Id == entry) is not { } found)
            return NotFound();
        Entry = found;
        Values = [.. View.Results.Entries.Where(value => value.Source == found.Source && value.Item.ReportKey == found.Key).OrderBy(value => value.Item.Position ?? int.MaxValue)];
        Text = await Lens.ReadReportTextAsync(cancel);
        return Page();
    }
}

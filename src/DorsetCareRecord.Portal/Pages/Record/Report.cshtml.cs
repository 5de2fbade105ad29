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

    public async Task<IActionResult> OnGetAsync(Guid person, Guid entry, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Report(entry), cancel)
            || View.Reports.Entries.FirstOrDefault(report => report.Id == entry) is not { } found)
            return NotFound();
        Entry = found;
        Text = await Lens.ReadReportTextAsync(cancel);
        return Page();
    }
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Every section of a person's record on one page.</summary>
internal sealed class SummaryModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel) =>
        await OpenAsync(person, Errand.Summary, cancel) ? Page() : NotFound();
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Problems and allergies with all that each source says of them.</summary>
internal sealed class ProblemsModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel) =>
        await OpenAsync(person, Errand.Problems, cancel) ? Page() : NotFound();
}

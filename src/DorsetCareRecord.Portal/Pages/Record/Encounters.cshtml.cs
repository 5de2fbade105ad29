using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Every stay, attendance and appointment.</summary>
internal sealed class EncountersModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel) =>
        await OpenAsync(person, Errand.Encounters, cancel) ? Page() : NotFound();
}

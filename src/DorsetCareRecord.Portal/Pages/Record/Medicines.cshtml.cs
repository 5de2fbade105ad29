using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Current medicines, and past ones apart: never mixed (NHS CUI MEDv-062).</summary>
internal sealed class MedicinesModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel) =>
        await OpenAsync(person, Errand.Medicines, cancel) ? Page() : NotFound();
}

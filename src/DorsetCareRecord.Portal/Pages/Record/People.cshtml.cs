using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Who is around the person, who is allocated to them, what is arranged for them, and how to ring each.</summary>
internal sealed class PeopleModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel) =>
        await OpenAsync(person, Errand.People, cancel) ? Page() : NotFound();
}

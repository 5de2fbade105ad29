using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Work;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>Puts this person on one of the viewer's lists, or on a new one.</summary>
internal sealed class KeepModel(Door door, FeedClock feeds, PeopleLists lists, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public IReadOnlyList<PeopleList> Lists { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid person, CancellationToken cancel)
    {
        if (!await OpenAsync(person, Errand.Encounters, cancel))
            return NotFound();
        Lists = await lists.OfAsync(HttpContext.Viewer(), cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid person, [FromForm] Guid of, [FromForm] Guid? list, [FromForm] string? name, CancellationToken cancel)
    {
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        if (!await OpenAsync(person, Errand.Encounters, cancel))
            return NotFound();
        var (viewer, origin) = (HttpContext.Viewer(), HttpContext.Origin());
        var on = list ?? await lists.MakeAsync(viewer, name, origin, cancel);
        return on is { } kept && await lists.AddAsync(viewer, kept, View, origin, cancel) ? Redirect($"/my-work/list/{kept}") : Redirect($"/record/{person}/keep");
    }
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>
/// Where a moment is chosen. The form leads to this person's summary with the moment in its address: a time is no secret, and a
/// link to it can be put into the papers of a review.
/// </summary>
internal sealed class AsKnownAtModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    /// <summary>What the field holds, in the form a browser's own field wants.</summary>
    public string Field { get; private set; } = "";

    /// <summary>What was asked for cannot be meant.</summary>
    public bool IsMistaken { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid person, string? chosen, CancellationToken cancel)
    {
        if (chosen is not null && Moments.TryRead(chosen, Clock.GetUtcNow(), out var at) && at is { } moment)
            return Redirect($"/record/{person}?at={Moments.Write(moment)}");
        if (!await OpenAsync(person, Errand.Encounters, cancel))
            return NotFound();
        IsMistaken = chosen is not null;
        Field = Moments.Minute(Then ?? ShownAt);
        return Page();
    }
}

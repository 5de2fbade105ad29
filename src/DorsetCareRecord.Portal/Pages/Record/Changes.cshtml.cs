using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>One item: everything its source has said of it, and where each statement came from.</summary>
internal sealed class ChangesModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    public ItemChanges Changes { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid person, Section section, Guid entry, CancellationToken cancel)
    {
        // Who somebody is has no change log here: it would tell where they lived.
        if (!Enum.IsDefined(section) || section == Section.Demographics
            || !await OpenAsync(person, Errand.Changes(section, entry), cancel)
            || await Lens.ReadChangesAsync(cancel) is not { } changes || changes.Entry.Section != section)
            return NotFound();
        Changes = changes;
        return Page();
    }
}

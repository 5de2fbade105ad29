using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Portal.Desks;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>The account of a day, for a partner to lay beside its own.</summary>
internal sealed class DayModel(DeskDatabase database, Asking asking, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    public IReadOnlyList<DayAccount> Accounts { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    public DateOnly Shown => Day ?? DorsetDay.Of(Now);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Sources.Count == 0)
            return NotFound();
        Accounts = [.. (await Reconciliation.OfAsync(Database.Source, Shown, cancel)).Where(account => MaySee(account.Source))];
        return Page();
    }
}

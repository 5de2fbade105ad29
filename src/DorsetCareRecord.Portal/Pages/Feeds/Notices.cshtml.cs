using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Desks;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>What operators say to everybody on every page, and take back.</summary>
internal sealed class NoticesModel(DeskDatabase database, Asking asking, ServiceNotices notices, TimeProvider clock) : FeedsPage(database, asking, clock)
{
    /// <summary>For how long, in hours, and in words.</summary>
    public static IReadOnlyList<(int Hours, string Words)> Lasting { get; } = [(1, "an hour"), (4, "4 hours"), (12, "12 hours"), (24, "a day"), (72, "3 days"), (168, "a week")];

    public IReadOnlyList<ServiceNotice> Notices { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!MayWork)
            return NotFound();
        Notices = await notices.LatelyAsync(cancel);
        return Page();
    }

    /// <summary>What was typed and refused, to be mended.</summary>
    [TempData]
    public string? Refused { get; set; }

    public async Task<IActionResult> OnPostAsync([FromForm] string? text, [FromForm] int hours, CancellationToken cancel)
    {
        var said = await notices.SayAsync(HttpContext.Viewer(), text, TimeSpan.FromHours(Lasting.Any(one => one.Hours == hours) ? hours : 0), HttpContext.Origin(), cancel);
        Refused = said?.Problem is null || text?.Length > 4 * ServiceNotices.Longest ? null : text;
        return Say(said, "Said. Open records show it within half a minute, other pages when they are next opened.");
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] Guid notice, CancellationToken cancel) =>
        Say(await notices.EndAsync(HttpContext.Viewer(), notice, HttpContext.Origin(), cancel), "That notice is ended.");

    private IActionResult Say(NoticeSaid? told, string done)
    {
        if (told is null)
            return NotFound();
        (Done, Problem) = (told.Problem is null ? done : null, told.Problem);
        return RedirectToPage();
    }
}

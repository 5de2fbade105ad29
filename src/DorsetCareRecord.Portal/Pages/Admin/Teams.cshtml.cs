using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Admin;

/// <summary>Where the organisation works, in which teams, and who is in them.</summary>
internal sealed class TeamsModel(Teams teams, Accounts accounts) : PageModel
{
    public IReadOnlyList<Site> Sites { get; private set; } = [];

    public IReadOnlyList<Account> Staff { get; private set; } = [];

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    [TempData]
    public string? Problem { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var (viewer, origin) = (HttpContext.Viewer(), HttpContext.Origin());
        if (await teams.ListAsync(viewer, origin, cancel) is not { } sites || await accounts.ListAsync(viewer, origin, cancel) is not { } desk)
            return NotFound();
        (Sites, Staff) = (sites, desk.Staff);
        return Page();
    }

    public async Task<IActionResult> OnPostSiteAsync([FromForm] string? name, CancellationToken cancel) =>
        Say(await teams.OpenSiteAsync(HttpContext.Viewer(), name?.Trim() ?? "", HttpContext.Origin(), cancel), "The site is added.");

    public async Task<IActionResult> OnPostTeamAsync([FromForm] Guid site, [FromForm] string? name, CancellationToken cancel) =>
        Say(await teams.OpenTeamAsync(HttpContext.Viewer(), site, name?.Trim() ?? "", HttpContext.Origin(), cancel), "The team is added.");

    public async Task<IActionResult> OnPostCloseAsync([FromForm] Guid team, CancellationToken cancel) =>
        Say(await teams.CloseAsync(HttpContext.Viewer(), team, HttpContext.Origin(), cancel), "Closed, from the next request on.");

    public async Task<IActionResult> OnPostPlaceAsync([FromForm] Guid account, [FromForm] Guid? team, CancellationToken cancel) =>
        Say(await teams.PlaceAsync(HttpContext.Viewer(), account, team, HttpContext.Origin(), cancel),
            team is null ? "They are in no team now." : "They are in that team now.");

    private IActionResult Say(Changed changed, string done)
    {
        if (changed == Changed.NothingForYou)
            return NotFound();
        Done = changed == Changed.Done ? done : null;
        Problem = changed == Changed.NotUnderstood ? $"Give a name of at most {Teams.LongestName} characters that is not there yet." : null;
        return RedirectToPage();
    }
}

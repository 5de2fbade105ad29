using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Admin;

/// <summary>The administrator's desk: partners in numbers, their own staff by name, enabled or not.</summary>
internal sealed class AccountsModel(Accounts accounts, Members members, TimeProvider clock) : PageModel
{
    public Desk Desk { get; private set; } = new([], []);

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    [TempData]
    public string? Problem { get; set; }

    public DateOnly Today => Access.Showing.Dates.Today(clock.GetUtcNow());

    public Task<IActionResult> OnPostTrainedAsync([FromForm] Guid account, [FromForm] DateOnly until, CancellationToken cancel) =>
        SayAsync(members.TrainedAsync(HttpContext.Viewer(), account, until, HttpContext.Origin(), cancel), "The training is recorded.");

    public Task<IActionResult> OnPostKeepAsync([FromForm] Guid account, CancellationToken cancel) =>
        SayAsync(members.KeepAsync(HttpContext.Viewer(), account, HttpContext.Origin(), cancel), "The account is kept for another 180 days.");

    public Task<IActionResult> OnPostEndSessionsAsync([FromForm] Guid account, CancellationToken cancel) =>
        SayAsync(members.EndSessionsAsync(HttpContext.Viewer(), account, HttpContext.Origin(), cancel),
            "They are signed out wherever they were signed in. The account stays enabled: they can sign in again.");

    public Task<IActionResult> OnPostRoleAsync([FromForm] Guid account, [FromForm] Role role, [FromForm] string? why, CancellationToken cancel) =>
        SayAsync(members.SetRoleAsync(HttpContext.Viewer(), account, role, why ?? "", HttpContext.Origin(), cancel), "The role counts at their next request.");

    public Task<IActionResult> OnPostInviteAsync([FromForm] string? subject, [FromForm] string? name, [FromForm] Role role,
        [FromForm] DateOnly trained, [FromForm] DateOnly? expires, CancellationToken cancel) =>
        SayAsync(members.InviteAsync(HttpContext.Viewer(), new Invitation("*", subject?.Trim() ?? "", name?.Trim() ?? "", role, trained, expires),
            HttpContext.Origin(), cancel), "The user is invited: they can sign in.");

    private async Task<IActionResult> SayAsync(Task<Changed> change, string done)
    {
        var changed = await change;
        if (changed == Changed.NothingForYou)
            return NotFound();
        if (changed == Changed.ProveAgain)
        {
            Problem = AgreementsModel.Proved;
            return await FreshSignIn.AskAsync(HttpContext, Url.Page("/Admin/Accounts")!);
        }

        Done = changed switch { Changed.Done => done, Changed.Waits => "Asked: another administrator must approve it (see Sharing agreements).", _ => null };
        Problem = changed == Changed.NotUnderstood ? "That cannot be done as it stands: check the name, the dates and the reason." : null;
        return RedirectToPage();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await accounts.ListAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel) is not { } desk)
            return NotFound();
        Desk = desk;
        return Page();
    }

    public Task<IActionResult> OnPostEnableAsync([FromForm] Guid account, CancellationToken cancel) =>
        SetAsync(account, enabled: true, cancel);

    public Task<IActionResult> OnPostDisableAsync([FromForm] Guid account, CancellationToken cancel) =>
        SetAsync(account, enabled: false, cancel);

    private async Task<IActionResult> SetAsync(Guid account, bool enabled, CancellationToken cancel)
    {
        if (!await accounts.SetEnabledAsync(HttpContext.Viewer(), account, enabled, HttpContext.Origin(), cancel))
            return NotFound();
        Done = enabled ? "The account is enabled." : "The account is disabled: its next request is refused.";
        return RedirectToPage();
    }
}

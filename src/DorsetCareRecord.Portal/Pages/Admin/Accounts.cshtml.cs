using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Admin;

/// <summary>The administrator's desk: partners in numbers, their own staff by name, enabled or not.</summary>
internal sealed class AccountsModel(Accounts accounts) : PageModel
{
    public Desk Desk { get; private set; } = new([], []);

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

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

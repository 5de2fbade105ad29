using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Admin;

/// <summary>Why a member of staff can or cannot see somebody's record: asked by form, so that no number stands in an address.</summary>
internal sealed class ExplainModel(Accounts accounts, Explanation explanation) : PageModel
{
    public IReadOnlyList<Account> Staff { get; private set; } = [];

    public WhyOrWhyNot? Why { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await accounts.ListAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel) is not { } desk)
            return NotFound();
        Staff = desk.Staff;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] Guid account, [FromForm] string? number, CancellationToken cancel)
    {
        if (await OnGetAsync(cancel) is NotFoundResult nothing)
            return nothing;
        if (!NhsNumber.TryParse(number, out var sought))
        {
            Problem = "Enter an NHS number: 10 digits";
            return Page();
        }

        Why = await explanation.AskAsync(HttpContext.Viewer(), account, sought.Value, HttpContext.Origin(), cancel);
        return Why is null ? NotFound() : Page();
    }
}

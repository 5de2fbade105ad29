using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Privacy;

/// <summary>People whose every opening is told.</summary>
internal sealed class WatchModel(WatchList list) : PageModel
{
    public IReadOnlyList<Watched> List { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    [TempData]
    public string? Problem { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await list.ReadAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel) is not { } read)
            return NotFound();
        List = read;
        return Page();
    }

    public async Task<IActionResult> OnPostPutAsync([FromForm] string? number, [FromForm] string? why, CancellationToken cancel)
    {
        if (!NhsNumber.TryParse(number, out var sought))
            Problem = "Enter an NHS number: 10 digits";
        else if (await list.PutAsync(HttpContext.Viewer(), sought.Value, why, HttpContext.Origin(), cancel))
            Done = "Put on the list: it counts from now on.";
        else
            Problem = "Nobody was put on the list: say why.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] Guid id, [FromForm] string? why, CancellationToken cancel)
    {
        if (await list.EndAsync(HttpContext.Viewer(), id, why, HttpContext.Origin(), cancel))
            Done = "Taken off the list.";
        else
            Problem = "Nobody was taken off the list: say why.";
        return RedirectToPage();
    }

    public static string? Number(string digits) => NhsNumber.TryParse(digits, out var number) ? number.Value.ForDisplay() : null;
}

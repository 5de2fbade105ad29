using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Privacy;

/// <summary>One alert: whom it is about, what was done around it, and its outcome.</summary>
internal sealed class AlertModel(PrivacyDesk desk) : PageModel
{
    public OpenedAlert Opened { get; private set; } = null!;

    public string? Problem { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await desk.OpenAsync(HttpContext.Viewer(), id, HttpContext.Origin(), cancel) is not { } opened)
            return NotFound();
        Opened = opened;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        Guid id, [FromForm] int after, [FromForm] AlertState state, [FromForm] string? words, CancellationToken cancel)
    {
        switch (await desk.DecideAsync(HttpContext.Viewer(), id, after, state, words, HttpContext.Origin(), cancel))
        {
            case AlertDecided.NotYours:
                return NotFound();
            case AlertDecided.Overtaken:
                Problem = "Nothing was recorded: somebody took a step on it before you. It is shown as it is now.";
                return await OnGetAsync(id, cancel);
            case AlertDecided.SayMore:
                Problem = "Nothing was recorded: say why.";
                return await OnGetAsync(id, cancel);
            default:
                Done = $"Recorded: {AlertWords.Of(state).ToLowerInvariant()}.";
                return RedirectToPage("/Privacy/Index");
        }
    }

    public static string? Number(string? digits) => NhsNumber.TryParse(digits, out var number) ? number.Value.ForDisplay() : null;
}

using DorsetCareRecord.Access.Corrections;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Admin;

/// <summary>Problems reported with items of the administrator's own organisation, and the work on them.</summary>
internal sealed class CorrectionsModel(CorrectionDesk desk) : PageModel
{
    public IReadOnlyList<Correction> Queue { get; private set; } = [];

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await desk.QueueAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel) is not { } queue)
            return NotFound();
        Queue = queue;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm] Guid correction, [FromForm] int after, [FromForm] CorrectionState state, [FromForm] string? words, CancellationToken cancel)
    {
        Done = await desk.StepAsync(HttpContext.Viewer(), correction, after, state, words, HttpContext.Origin(), cancel) switch
        {
            StepTaken.Taken => $"Kept: {CorrectionWords.Of(state).ToLowerInvariant()}. The reporter can see it.",
            StepTaken.Overtaken => "Nothing was changed: somebody took a step on it before you. It is shown as it is now.",
            _ => "Nothing was changed. Choose a state, and say to the reporter what was done before you close it.",
        };
        return RedirectToPage();
    }
}

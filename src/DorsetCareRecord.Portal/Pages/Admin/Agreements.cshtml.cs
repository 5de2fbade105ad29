using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Change = DorsetCareRecord.Access.Directory.Change;

namespace DorsetCareRecord.Portal.Pages.Admin;

/// <summary>What the organisation shares and with whom, what waits for a second person, and the form that asks for more.</summary>
internal sealed class AgreementsModel(Agreements agreements, Proposals proposals) : PageModel
{
    /// <summary>What stands on the page they come back to; the form itself is not kept anywhere.</summary>
    internal const string Proved = "Nothing was done yet: you had to prove again who you are. Send the form once more.";

    public IReadOnlyList<SharedCategory> Shared { get; private set; } = [];

    public IReadOnlyList<Proposal> Waiting { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    [TempData]
    public string? Problem { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var viewer = HttpContext.Viewer();
        if (await agreements.ListAsync(viewer, HttpContext.Origin(), cancel) is not { } shared)
            return NotFound();
        (Shared, Waiting) = (shared, await proposals.WaitingAsync(viewer, cancel));
        return Page();
    }

    public async Task<IActionResult> OnPostShareAsync([FromForm] string? consumer, [FromForm] Category category, [FromForm] Purpose purpose,
        [FromForm] string? preset, [FromForm] DateOnly? until, [FromForm] string? why, CancellationToken cancel) =>
        await SayAsync(await proposals.AskToShareAsync(HttpContext.Viewer(), new Change.Share(consumer ?? "", category, purpose, preset ?? "", until), why ?? "",
            HttpContext.Origin(), cancel), "");

    public async Task<IActionResult> OnPostEndAsync([FromForm] string? consumer, [FromForm] Category category, [FromForm] string? why,
        CancellationToken cancel) =>
        await SayAsync(await agreements.EndAsync(HttpContext.Viewer(), consumer ?? "", category, why ?? "", HttpContext.Origin(), cancel),
            "No longer shared, from the next request on.");

    public async Task<IActionResult> OnPostApproveAsync([FromForm] Guid proposal, CancellationToken cancel) =>
        await SayAsync(await proposals.DecideAsync(HttpContext.Viewer(), proposal, approve: true, HttpContext.Origin(), cancel), "Approved; it counts from now on.");

    public async Task<IActionResult> OnPostRefuseAsync([FromForm] Guid proposal, CancellationToken cancel) =>
        await SayAsync(await proposals.DecideAsync(HttpContext.Viewer(), proposal, approve: false, HttpContext.Origin(), cancel), "It will not be done.");

    private async Task<IActionResult> SayAsync(Changed changed, string done)
    {
        if (changed == Changed.NothingForYou)
            return NotFound();
        if (changed == Changed.ProveAgain)
        {
            Problem = Proved;
            return await FreshSignIn.AskAsync(HttpContext, Url.Page("/Admin/Agreements")!);
        }

        Done = changed switch { Changed.Done => done, Changed.Waits => "Asked: another administrator of your organisation must approve it within a week.", _ => null };
        Problem = changed == Changed.NotUnderstood ? "Choose another organisation and give a reason of at most 500 characters." : null;
        return RedirectToPage();
    }
}

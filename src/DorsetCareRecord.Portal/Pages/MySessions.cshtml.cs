using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>Where whoever asks is signed in, and the end of what of it they do not want. For every role.</summary>
internal sealed class MySessionsModel(OpenSessions sessions) : PageModel
{
    public IReadOnlyList<OpenSession> Open { get; private set; } = [];

    public IReadOnlyList<EarlierSession> Earlier { get; private set; } = [];

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    [TempData]
    public string? Problem { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Open = await sessions.ListAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel);
        Earlier = await sessions.EarlierAsync(HttpContext.Viewer(), cancel);
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] string? session, CancellationToken cancel) =>
        await SayAsync(await sessions.EndAsync(HttpContext.Viewer(), session ?? "", HttpContext.Origin(), cancel), "That sign-in is ended.");

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken cancel) =>
        await SayAsync(await sessions.EndOthersAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel), "You are signed in here only.");

    private async Task<IActionResult> SayAsync(Changed changed, string done)
    {
        if (changed == Changed.ProveAgain)
        {
            Problem = Admin.AgreementsModel.Proved;
            return await FreshSignIn.AskAsync(HttpContext, Url.Page("/MySessions")!);
        }

        Done = changed == Changed.Done ? done : null;
        Problem = changed == Changed.Done ? null : "That sign-in was over already.";
        return RedirectToPage();
    }
}

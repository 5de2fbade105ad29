using DorsetCareRecord.Access.Work;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Work;

/// <summary>One list of people: who is on it, who sees it, what the viewer is told of.</summary>
internal sealed class ListModel(PeopleLists lists) : PageModel
{
    public PeopleList List { get; private set; } = null!;

    public IReadOnlyList<ListMember> Members { get; private set; } = [];

    /// <summary>What the form before this page did, in words.</summary>
    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid list, CancellationToken cancel)
    {
        if (await lists.OpenAsync(HttpContext.Viewer(), list, HttpContext.Origin(), cancel) is not { } opened)
            return NotFound();
        (List, Members) = opened;
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid list, [FromForm] Guid person, CancellationToken cancel) =>
        Answer(list, await lists.RemoveAsync(HttpContext.Viewer(), list, person, HttpContext.Origin(), cancel), "Taken off the list.");

    public async Task<IActionResult> OnPostShareAsync(Guid list, [FromForm] ListSharing sharing, CancellationToken cancel) =>
        Answer(list, await lists.SetAsync(HttpContext.Viewer(), list, sharing, HttpContext.Origin(), cancel),
            sharing switch
            {
                ListSharing.Organisation => "Everybody of your organisation who may open records sees this list now.",
                ListSharing.Team => "Everybody of your team who may open records sees this list now.",
                _ => "Only you see this list now.",
            });

    public async Task<IActionResult> OnPostWishAsync(Guid list, [FromForm] Wish[] wishes, CancellationToken cancel) =>
        Answer(list, await lists.WishAsync(HttpContext.Viewer(), list, wishes, HttpContext.Origin(), cancel), "Kept. You are told from now on.");

    public async Task<IActionResult> OnPostEndAsync(Guid list, CancellationToken cancel)
    {
        if (!await lists.SetAsync(HttpContext.Viewer(), list, null, HttpContext.Origin(), cancel))
            return NotFound();
        Done = "The list is ended.";
        return Redirect("/my-work");
    }

    private IActionResult Answer(Guid list, bool isDone, string done)
    {
        if (!isDone)
            return NotFound();
        Done = done;
        return Redirect($"/my-work/list/{list}");
    }
}

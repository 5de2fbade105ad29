using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>
/// What the signs mean, what one's role sees, and whom to ask. Made of the same words, marks and rules that the record's pages are made of,
/// so that it cannot say otherwise.
/// </summary>
internal sealed class HelpModel(Reach reach) : PageModel
{
    /// <summary>Empty for those who open no records.</summary>
    public IReadOnlyList<Reached> Reach { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Reach = await reach.OfAsync(HttpContext.Viewer(), cancel);
}

using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>
/// What the signs mean, what one's role sees, and whom to ask. Made of the same words, marks and rules that the record's pages are made of.
/// It says otherwise than they do in two cases, of which the presets are neither: where somebody gave a section an extent that it has no
/// part for ("dates only" of problems), the record shows the part it has, or nothing; and where a section's sources have different parts,
/// it shows the first of these and nothing of the others.
/// </summary>
internal sealed class HelpModel(Reach reach) : PageModel
{
    /// <summary>Empty for those who open no records.</summary>
    public IReadOnlyList<Reached> Reach { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Reach = await reach.OfAsync(HttpContext.Viewer(), cancel);
}

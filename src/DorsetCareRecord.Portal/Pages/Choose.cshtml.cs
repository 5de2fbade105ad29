using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>
/// For which organisation somebody comes whom several have enabled: after signing in, and again when they go from one to another. A new
/// choice leads to the first page, so that nothing of the person who was open goes along.
/// </summary>
internal sealed class ChooseModel(Employers employers) : PageModel
{
    public IReadOnlyList<Employer> Employers { get; private set; } = [];

    /// <summary>Where they were going when they signed in.</summary>
    public string To { get; private set; } = "/";

    /// <summary>They work for one of them at this moment.</summary>
    public bool IsChange => HttpContext.FindViewer() is not null;

    [TempData]
    public string? Problem { get; set; }

    private Guid? Session => HttpContext.FindViewer()?.Session ?? HttpContext.Features.Get<Choosing>()?.Session;

    public async Task<IActionResult> OnGetAsync(string? to, CancellationToken cancel)
    {
        if (Session is not { } session)
            return Challenge(new AuthenticationProperties { RedirectUri = "/" });
        (To, Employers) = (Ours(to), await employers.OfAsync(session, cancel));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] Guid account, [FromForm] string? to, CancellationToken cancel)
    {
        if (Session is not { } session)
            return Challenge(new AuthenticationProperties { RedirectUri = "/" });
        var isChange = IsChange;
        if (await employers.ChooseAsync(session, account, HttpContext.Origin(), cancel) is not Admission.Admitted { Viewer: var viewer })
        {
            Problem = "You cannot choose that one: it may have been closed to you in the meantime.";
            return RedirectToPage(new { to = isChange ? null : Ours(to) });
        }

        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await HttpContext.SignInAsync(scheme, Cookie.Principal(viewer, scheme));
        return LocalRedirect(isChange ? "/" : Ours(to));
    }

    public async Task<IActionResult> OnPostLeaveAsync(CancellationToken cancel)
    {
        if (HttpContext.Features.Get<Choosing>() is not { Session: var session })
            return LocalRedirect("/");
        await employers.LeaveAsync(session, cancel);
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return LocalRedirect("/signed-out");
    }

    private string Ours(string? to) => Url.IsLocalUrl(to) ? to : "/";
}

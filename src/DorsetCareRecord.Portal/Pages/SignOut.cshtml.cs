using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>Ends the session here and at the provider that vouched for it. By form only: a link could be sent by others.</summary>
internal sealed class SignOutModel(Sessions sessions, ProviderOfSession providers) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var issuer = HttpContext.Viewer().Issuer;
        await sessions.EndAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel);
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        Leaving.Clear(Response);
        return await providers.FindAsync(issuer, cancel) is { } by && !string.IsNullOrEmpty(by.Known.EndSessionEndpoint)
            ? SignOut(new AuthenticationProperties(), by.Provider.Scheme)
            : Redirect("/signed-out");
    }
}

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
        // Nothing of the record stays in this browser for whoever sits down next (ASVS 5.0, 14.3.1).
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";

        return await providers.FindAsync(issuer, cancel) is { } by && !string.IsNullOrEmpty(by.Known.EndSessionEndpoint)
            ? SignOut(new AuthenticationProperties(), by.Provider.Scheme)
            : Redirect("/signed-out");
    }
}

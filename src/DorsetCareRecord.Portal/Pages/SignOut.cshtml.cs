using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace DorsetCareRecord.Portal.Pages;

/// <summary>Ends the session here and at the provider. By form only: a link could be sent by others.</summary>
internal sealed class SignOutModel(Sessions sessions, IOptionsMonitor<OpenIdConnectOptions> provider) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await sessions.EndAsync(HttpContext.Viewer(), HttpContext.Origin(), cancel);
        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

        var options = provider.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var known = await options.ConfigurationManager!.GetConfigurationAsync(cancel);
        return string.IsNullOrEmpty(known.EndSessionEndpoint)
            ? Redirect(options.SignedOutRedirectUri)
            : SignOut(new AuthenticationProperties(), OpenIdConnectDefaults.AuthenticationScheme);
    }
}

using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Portal.SignIn.Providers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Doorstep;

/// <summary>
/// Where several providers vouch for people: which one; and where somebody wants another role, or to be another person: asked anew. The
/// way on is a page of ours, whatever was asked.
/// </summary>
internal sealed class SignInModel(Settings settings) : PageModel
{
    public IReadOnlyList<ProviderSettings> Providers => settings.Providers;

    public string To { get; private set; } = "/";

    /// <summary>The provider shall ask them anew, whether it knows them or not.</summary>
    public bool Again { get; private set; }

    public void OnGet(string? to, bool again) => (To, Again) = (Ours(to), again);

    public IActionResult OnPost(int provider, string? to, bool again)
    {
        if (Providers.FirstOrDefault(one => one.Number == provider) is not { } chosen)
            return NotFound();
        var ask = new AuthenticationProperties { RedirectUri = Ours(to) };
        if (again)
            ask.Items[Provider.Again] = "";
        return Challenge(ask, chosen.Scheme);
    }

    private string Ours(string? to) => Url.IsLocalUrl(to) ? to : "/";
}

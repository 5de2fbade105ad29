using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn.Providers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DorsetCareRecord.Portal.Pages.Doorstep;

/// <summary>Where several providers vouch for people: which one. The way on is a page of ours, whatever was asked.</summary>
internal sealed class SignInModel(Settings settings) : PageModel
{
    public IReadOnlyList<ProviderSettings> Providers => settings.Providers;

    public string To { get; private set; } = "/";

    public void OnGet(string? to) => To = Ours(to);

    public IActionResult OnPost(int provider, string? to) =>
        Providers.FirstOrDefault(one => one.Number == provider) is { } chosen
            ? Challenge(new AuthenticationProperties { RedirectUri = Ours(to) }, chosen.Scheme)
            : NotFound();

    private string Ours(string? to) => Url.IsLocalUrl(to) ? to : "/";
}

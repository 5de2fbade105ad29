using System.Globalization;
using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// For acts that need that a person proved who they are a moment ago (<see cref="Access.Proof"/>): they are sent to the provider, which must
/// ask them again, and come back with a new session to the page they were on. A posted form is sent once more by its person.
/// </summary>
internal static class FreshSignIn
{
    private const string Asked = "fresh";

    /// <summary>The way to a new proof, and back to a page of ours.</summary>
    internal static async Task<IActionResult> AskAsync(HttpContext http, string wayBack)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var ask = new AuthenticationProperties(new Dictionary<string, string?>
        {
            [Asked] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        })
        {
            RedirectUri = wayBack,
        };
        // At the provider that vouched for them: at another they would be somebody else. While it cannot be reached, nothing is proved.
        var by = await http.RequestServices.GetRequiredService<ProviderOfSession>().FindAsync(http.Viewer().Issuer, http.RequestAborted);
        return by is { } one ? new ChallengeResult(one.Provider.Scheme, ask) : new RedirectResult(Provider.FailedPath);
    }

    internal static bool IsAsked(AuthenticationProperties? properties) => properties?.Items.ContainsKey(Asked) == true;

    /// <summary>A provider that was asked for a new proof must say when it had it; an old proof, or none, is refused.</summary>
    internal static bool IsFreshEnough(Assertion assertion, AuthenticationProperties? properties)
    {
        if (properties?.Items.TryGetValue(Asked, out var asked) != true)
            return true;
        return long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && assertion.AuthenticatedAt is { } proved
            && proved >= DateTimeOffset.FromUnixTimeSeconds(seconds) - Provider.ClockSkew;
    }
}

using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// For pages whose act needs that the person proved who they are a moment ago, not hours: breaking a seal, granting access to
/// others (ASVS 5.0, 7.5.3). Whoever has not is sent to the provider, which must ask them again, and comes back to the page
/// with a new session; a posted form is sent once more by its person.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FreshSignInAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        if (http.FindViewer() is { } viewer && FreshSignIn.IsFresh(viewer.AuthenticatedAt, clock.GetUtcNow()))
        {
            await next();
            return;
        }

        // At the provider that vouched for them: at another they would be somebody else.
        var ask = FreshSignIn.Ask($"{http.Request.PathBase}{http.Request.Path}", clock.GetUtcNow());
        var by = http.FindViewer() is { } known
            ? await http.RequestServices.GetRequiredService<ProviderOfSession>().FindAsync(known.Issuer, http.RequestAborted)
            : null;
        context.Result = by is { } one ? new ChallengeResult(one.Provider.Scheme, ask) : new ChallengeResult(ask);
    }
}

/// <summary>Asking for a new proof of identity, and judging the one that comes back.</summary>
internal static class FreshSignIn
{
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private const string Asked = "fresh";

    internal static bool IsFresh(DateTimeOffset authenticated, DateTimeOffset now) => now - authenticated <= Limit;

    internal static AuthenticationProperties Ask(string wayBack, DateTimeOffset now) => new(new Dictionary<string, string?>
    {
        [Asked] = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
    })
    {
        RedirectUri = wayBack,
    };

    internal static bool IsAsked(AuthenticationProperties properties) => properties.Items.ContainsKey(Asked);

    /// <summary>A provider that was asked for a new proof must say when it had it; an old proof, or none, is refused.</summary>
    internal static bool IsFreshEnough(Assertion assertion, AuthenticationProperties? properties)
    {
        if (properties?.Items.TryGetValue(Asked, out var asked) != true)
            return true;
        return long.TryParse(asked, out var seconds) && assertion.AuthenticatedAt is { } proved
            && proved >= DateTimeOffset.FromUnixTimeSeconds(seconds) - Provider.ClockSkew;
    }
}

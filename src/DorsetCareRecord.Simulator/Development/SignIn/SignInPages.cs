using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace DorsetCareRecord.Simulator.Development.SignIn;

/// <summary>
/// The pages of the development sign-in. There is no cookie: each time you choose anew who to be, and the choice travels as a
/// field of the same request, so that signing out and in again as another takes two clicks.
/// </summary>
internal static class SignInPages
{
    /// <summary>The form field that says who; not a parameter of OpenID Connect.</summary>
    private const string Choice = "demo_user";

    /// <summary>What NHS CIS2 would say of a smartcard. The portal refuses a sign-in that is not strong enough.</summary>
    private const string Strength = "AAL3_ANY";

    /// <summary>Given by the user information endpoint beside <c>sub</c>.</summary>
    public static IReadOnlyList<string> ProfileClaims { get; } = [Claims.Name, "sid", "dcr_org", "dcr_role"];

    public static void Map(WebApplication app, DemoDirectory directory)
    {
        app.MapMethods("/connect/authorize", [HttpMethods.Get, HttpMethods.Post], context => AuthorizeAsync(context, directory));
        app.MapMethods("/connect/endsession", [HttpMethods.Get, HttpMethods.Post], EndSessionAsync);
        var welcome = Page("Development sign-in", "<p>Open the portal: it sends you here to choose who to be.</p>");
        app.MapGet("/", () => Results.Content(welcome, "text/html; charset=utf-8"));
        app.MapGet("/health/live", () => Results.Text("Healthy"));
    }

    private static async Task AuthorizeAsync(HttpContext context, DemoDirectory directory)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not a request of OpenID Connect.");
        var chosen = HttpMethods.IsPost(context.Request.Method) ? directory.Find((string?)request[Choice]) : [];
        if (chosen.Count > 0)
        {
            await context.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Principal(chosen, request));
            return;
        }

        if (request.HasPromptValue(PromptValues.None))
        {
            await context.ForbidAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, new AuthenticationProperties(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.LoginRequired,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "Nobody is signed in here.",
            }));
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(ChoicePage(request, directory));
    }

    private static Task EndSessionAsync(HttpContext context) =>
        context.SignOutAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = "/" });

    /// <summary>Of whoever works for one organisation it says for which and as what; whoever works for several is asked by the portal.</summary>
    private static ClaimsPrincipal Principal(IReadOnlyList<DemoUser> places, OpenIddictRequest request)
    {
        var user = places[0];
        var identity = new ClaimsIdentity("development", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Subject)
            .SetClaim(Claims.Name, user.Name)
            .SetClaim("dcr_org", places.Count == 1 ? user.Organisation : null)
            .SetClaim("dcr_role", places.Count == 1 ? user.Role : null)
            .SetClaim("sid", Guid.NewGuid().ToString("n"))
            .SetClaim(Claims.AuthenticationContextReference, Strength)
            .SetClaim(Claims.AuthenticationTime, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    private static string ChoicePage(OpenIddictRequest request, DemoDirectory directory)
    {
        var kept = request.GetParameters().Where(parameter => parameter.Key != Choice)
            .Select(parameter => $"""<input type="hidden" name="{Encode(parameter.Key)}" value="{Encode((string?)parameter.Value)}">""");
        var people = directory.Users.GroupBy(user => user.Subject).Select(places => $"""
            <tr><td><button name="{Choice}" value="{Encode(places.Key)}">{Encode(places.Key)}</button></td>
            <td>{Encode(places.First().Name)}</td><td>{Encode(string.Join(", ", places.Select(place => place.Role)))}</td>
            <td>{Encode(string.Join(", ", places.Select(place => place.Organisation)))}</td></tr>
            """);
        return Page("Development sign-in", $"""
            <p>These people do not exist, and there is no password. Choose who to be.</p>
            <form method="post" action="/connect/authorize">
            {string.Join('\n', kept)}
            <table>
            <thead><tr><th scope="col">Sign in as</th><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Organisation</th></tr></thead>
            <tbody>
            {string.Join('\n', people)}
            </tbody>
            </table>
            </form>
            """);
    }

    private static string Page(string title, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} - Dorset Care Record</title>
        <style>
        body { font: 1rem/1.5 Arial, sans-serif; color: #212b32; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #aeb7bd; }
        button { font: inherit; color: #fff; background: #005eb8; border: 0; border-radius: 4px; padding: .4rem .8rem; min-width: 11rem; text-align: left; cursor: pointer; }
        button:focus { outline: 4px solid #ffb81c; color: #212b32; background: #ffeb3b; }
        </style>
        </head>
        <body>
        <main>
        <h1>{{title}}</h1>
        {{body}}
        </main>
        </body>
        </html>
        """;

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");
}

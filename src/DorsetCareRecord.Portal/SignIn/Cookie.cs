using System.Runtime.ExceptionServices;
using System.Security.Claims;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// The cookie names a session and says nothing else. Every request asks the directory who that session is, so disabling
/// an account counts at the very next one.
/// </summary>
internal static class Cookie
{
    internal const string SessionClaim = "session";

    internal static void Configure(CookieAuthenticationOptions options, Settings settings)
    {
        options.Cookie.Name = settings.IsSecure ? "__Host-dcr-session" : "dcr-session";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax; // Strict would not survive the way back from the provider
        options.Cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Sessions.AbsoluteLimit;
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in"; // where there are several providers to choose from
        options.ReturnUrlParameter = "to";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context =>
        {
            if (!Challenge.IsAnswered(context.HttpContext, context.Response))
                context.Response.Redirect(HttpMethods.IsGet(context.Request.Method) ? context.RedirectUri : "/sign-in");
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            // The same answer as for a page that does not exist.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    internal static ClaimsPrincipal Principal(Viewer viewer, string scheme) => Principal(viewer.Session, scheme);

    internal static ClaimsPrincipal Principal(Guid session, string scheme) =>
        new(new ClaimsIdentity([new Claim(SessionClaim, session.ToString())], scheme));

    /// <summary>The session the browser's cookie names, good or not; null when it names none.</summary>
    internal static async Task<Guid?> SessionOfAsync(HttpContext http)
    {
        var ticket = await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Guid.TryParse(ticket.Principal?.FindFirst(SessionClaim)?.Value, out var session) ? session : http.Features.Get<Choosing>()?.Session;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        Admission admission;
        try
        {
            admission = Guid.TryParse(context.Principal?.FindFirst(SessionClaim)?.Value, out var session)
                ? await http.RequestServices.GetRequiredService<Sessions>()
                    .AdmitAsync(session, isActivity: !Automatic.Is(http.Request), http.RequestAborted)
                : new Admission.Turned(NotAdmitted.SessionOver);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            context.RejectPrincipal();
            http.Features.Set(new NobodyKnows(ExceptionDispatchInfo.Capture(fault)));
            return;
        }

        if (admission is Admission.Admitted admitted)
        {
            http.Features.Set(admitted.Viewer);
            return;
        }

        context.RejectPrincipal();
        if (admission is Admission.Choosing { Session: var undecided })
        {
            http.Features.Set(new Choosing(undecided));
            return;
        }

        // The cookie of a session that is over stays where it is: another answer may just be bringing this browser a new one under the same
        // name, and taking the old one away would take that away. It opens nothing; signing in again, or out, replaces it.
        if (admission is not Admission.Turned { Why: NotAdmitted.NotEnabled })
        {
            http.Features.Set(new SessionIsOver());
            return;
        }

        http.Features.Set(new TurnedAway());
        if (!Automatic.Is(http.Request)) // they are told by the page they open, and told once
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}

/// <summary>
/// Who asks could not be found out. What is for all is answered all the same, the page that says so and its styles among it; what is for
/// somebody fails as it would have.
/// </summary>
internal sealed record NobodyKnows(ExceptionDispatchInfo Why)
{
    internal static Task StopAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<NobodyKnows>() is { } nobody && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
            nobody.Why.Throw();
        return next(http);
    }
}

/// <summary>They have proved who they are, and have not said yet for which organisation they come: the one page that asks is for them.</summary>
internal sealed record Choosing(Guid Session);

/// <summary>
/// The browser names a session that is over. Whoever signs in next proves who they are, also where the provider still knows somebody: an
/// abandoned screen, or one whose session was ended elsewhere, must not go on by itself.
/// </summary>
internal sealed record SessionIsOver;

/// <summary>The session was good and its account is not enabled any more: told so, not sent round to sign in again.</summary>
internal sealed record TurnedAway;

/// <summary>
/// Requests a page makes by itself; they must not keep an abandoned session alive. Anybody can send the header, so nothing else follows from
/// it: that it was an open record that asked, <see cref="Live.LiveKeys"/> tell.
/// </summary>
internal static class Automatic
{
    internal const string Header = "X-Dcr-Live";

    internal static bool Is(HttpRequest request) =>
        request.Headers.ContainsKey(Header) || request.Path.Value?.EndsWith("/live", StringComparison.Ordinal) == true
        || request.Path.Equals(Hosting.PolicyReports.Path, StringComparison.Ordinal)
        || (HttpMethods.IsGet(request.Method) && request.Path.Equals("/session", StringComparison.Ordinal));
}

using DorsetCareRecord.Access.Directory;
using Microsoft.AspNetCore.Antiforgery;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>
/// How long the session of an open page still lasts, so that the page can warn before it ends and close itself when it has.
/// Asking is no activity; staying is, by a form with its token.
/// </summary>
internal static class SessionClock
{
    internal static void MapSessionClock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/session", (HttpContext http, Sessions sessions, IAntiforgery forms) => AnswerAsync(http, sessions, forms)).RequireAuthorization();
        app.MapPost("/session", async (HttpContext http, Sessions sessions, IAntiforgery forms) =>
            await forms.IsRequestValidAsync(http) ? await AnswerAsync(http, sessions, forms) : Results.StatusCode(StatusCodes.Status400BadRequest))
            .RequireAuthorization();
    }

    /// <summary>
    /// Whole seconds until it ends, which limit that is (<c>idle</c> can be put off, <c>absolute</c> cannot), and whose it is: a page of somebody else, or
    /// of the same person for another organisation, is not shown on. A page of the session before, when the same person has proved anew who they
    /// are, is; what it needs for its forms to be heard comes along.
    /// </summary>
    private static async Task<IResult> AnswerAsync(HttpContext http, Sessions sessions, IAntiforgery forms) =>
        await sessions.LeftAsync(http.Viewer().Session, http.RequestAborted) is { } left
            ? Results.Json(new { seconds = (int)left.For.TotalSeconds, limit = left.IsAbsolute ? "absolute" : "idle", whose = http.Viewer().Account, token = forms.GetAndStoreTokens(http).RequestToken })
            : Results.StatusCode(StatusCodes.Status401Unauthorized);
}

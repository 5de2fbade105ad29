namespace DorsetCareRecord.Portal.SignIn;

/// <summary>What goes with whoever leaves.</summary>
internal static class Leaving
{
    /// <summary>Nothing of the record stays in this browser for whoever sits down next (ASVS 5.0, 14.3.1).</summary>
    internal static void Clear(HttpResponse response) => response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
}

/// <summary>Only a page that a person opens is worth a sign-in; what a script asks is simply refused.</summary>
internal static class Challenge
{
    /// <summary>Answers a request that shall not be sent to sign in; false when it shall.</summary>
    internal static bool IsAnswered(HttpContext http, HttpResponse response)
    {
        // Also to somebody who is not enabled any more: a script that is sent on to a page takes that for a fault of the line, and leaves
        // what it has on the screen.
        if (Automatic.Is(http.Request))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return true;
        }

        // Whoever wants to go is not sent to sign in first: of a session that is over there is nothing left but what this browser keeps.
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Path.Equals("/sign-out", StringComparison.OrdinalIgnoreCase))
        {
            Leaving.Clear(response);
            response.Redirect("/signed-out");
            return true;
        }

        if (http.Features.Get<Choosing>() is not null && !http.Request.Path.StartsWithSegments("/sign-in"))
        {
            var to = HttpMethods.IsGet(http.Request.Method) ? $"{http.Request.Path}{http.Request.QueryString}" : "/";
            response.Redirect($"/choose?to={Uri.EscapeDataString(to)}");
            return true;
        }

        if (http.Features.Get<TurnedAway>() is null)
            return false;
        response.Redirect(Provider.NotEnabledPath);
        return true;
    }
}

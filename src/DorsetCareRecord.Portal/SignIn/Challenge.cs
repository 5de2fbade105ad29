namespace DorsetCareRecord.Portal.SignIn;

/// <summary>Only a page that a person opens is worth a sign-in; what a script asks is simply refused.</summary>
internal static class Challenge
{
    /// <summary>Answers a request that shall not be sent to sign in; false when it shall.</summary>
    internal static bool IsAnswered(HttpContext http, HttpResponse response)
    {
        if (http.Features.Get<TurnedAway>() is not null)
        {
            response.Redirect(Provider.NotEnabledPath);
            return true;
        }

        if (!Automatic.Is(http.Request))
            return false;
        response.StatusCode = StatusCodes.Status401Unauthorized;
        return true;
    }
}

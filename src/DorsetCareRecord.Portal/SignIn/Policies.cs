using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Rules;
using Microsoft.AspNetCore.Authorization;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>Which roles a page is for. A page that names no policy is for nobody without a session.</summary>
internal static class Policies
{
    /// <summary>Roles that may look for people and open records; the lens then decides section by section.</summary>
    internal const string Reader = "reader";

    internal const string Administrator = "administrator";

    /// <summary>Roles that look after the feeds.</summary>
    internal const string Operator = "operator";

    /// <summary>Roles that see how feeds fare.</summary>
    internal const string Feeds = "feeds";

    /// <summary>Roles that decide whether two records are one person.</summary>
    internal const string Matcher = "matcher";

    /// <summary>Roles that see who looked at whom.</summary>
    internal const string Privacy = "privacy";

    internal static void Configure(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.DefaultPolicy = options.FallbackPolicy;
        options.AddPolicy(Reader, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Has(c, Decide.MayOpenRecords)));
        options.AddPolicy(Administrator,
            policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Has(c, Decide.MayAdministerAccounts)));
        options.AddPolicy(Feeds, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Has(c, Decide.MaySeeFeeds)));
        options.AddPolicy(Matcher, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Has(c, Decide.MayDecideMatches)));
        options.AddPolicy(Privacy, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Has(c, Decide.MayWatchOverAccess)));
        options.AddPolicy(Operator, policy => policy.RequireAuthenticatedUser().RequireAssertion(c => Has(c, Decide.MayWorkFeeds)));
    }

    private static bool Has(AuthorizationHandlerContext context, Func<Role, bool> may) =>
        context.Resource is HttpContext http && http.FindViewer() is { } viewer && may(viewer.Role);
}

using System.Globalization;
using System.Threading.RateLimiting;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Diagnostics;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// How much one may ask for: far above what hands and eyes can use, far below what a script that copies the record needs
/// (ASVS 5.0, 2.4.1). Whoever is signed in counts as themselves, so that a hospital behind one address is not one person; an
/// organisation has a bound of its own; whoever is not signed in counts by address. Too much is answered 429 with the seconds
/// to wait, before anything is read.
/// </summary>
internal static class Limits
{
    internal static void Configure(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions options, Settings settings)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            context.HttpContext.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        if (settings.Pace <= 0)
            return;
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => OfRoute(context, settings.Pace)),
            PartitionedRateLimiter.Create<HttpContext, string>(context => OfOrganisation(context, settings.Pace)));
    }

    /// <summary>By who asks and what kind of thing: looking for people is dearer than reading, and taking away dearest.</summary>
    private static RateLimitPartition<string> OfRoute(HttpContext context, double pace)
    {
        var path = context.Request.Path;
        // The page that says so is asked for inside the request that was refused, and must not be refused again.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            return RateLimitPartition.GetNoLimiter("free");
        if (path.StartsWithSegments("/health") || path.StartsWithSegments("/lib") || path.StartsWithSegments("/css") || path.StartsWithSegments("/js"))
            return RateLimitPartition.GetNoLimiter("free");
        // From whomever they are, they are few or they are noise.
        if (path == PolicyReports.Path)
            return Bucket($"report {context.Connection.RemoteIpAddress}", burst: 30, perSecond: 0.5 * pace);
        if (context.FindViewer() is not { } viewer)
            return Bucket($"address {context.Connection.RemoteIpAddress}", burst: 300, perSecond: 30 * pace);
        var human = $"{viewer.Issuer} {viewer.Subject}"; // for whichever organisation
        if (HttpMethods.IsPost(context.Request.Method) && path == "/")
            return Bucket($"find {human}", burst: 30, perSecond: 0.5 * pace);
        if (path.Value is { } value && (value.EndsWith("/export", StringComparison.Ordinal) || value.EndsWith("/print", StringComparison.Ordinal)
            || value.EndsWith("/original", StringComparison.Ordinal)))
            return Bucket($"take {human}", burst: 30, perSecond: 0.2 * pace);
        return Bucket($"read {human}", burst: 120, perSecond: 5 * pace);
    }

    private static RateLimitPartition<string> OfOrganisation(HttpContext context, double pace) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is null && context.FindViewer() is { } viewer
            ? Bucket($"organisation {viewer.Organisation}", burst: 3000, perSecond: 300 * pace)
            : RateLimitPartition.GetNoLimiter("nobody");

    private static RateLimitPartition<string> Bucket(string key, int burst, double perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1 / perSecond),
            AutoReplenishment = true,
            QueueLimit = 0,
        });
}

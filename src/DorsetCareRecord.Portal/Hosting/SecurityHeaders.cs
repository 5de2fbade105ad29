using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Primitives;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// Headers of every answer. No script, style or frame but our own; nothing inline, so that a word from a feed can never
/// become code (ASVS 5.0, 3.4). Pages are not stored anywhere: the next user of a shared computer presses Back in vain. Only the site's own
/// styles and scripts are, under names that change with their content.
/// Pages are not compressed either: a secret and a searcher's words in one compressed answer would leak by its length
/// (BREACH); static files, which hold neither, are.
/// </summary>
internal static class SecurityHeaders
{
    internal static void UseSecurityHeaders(this IApplicationBuilder app, Settings settings)
    {
        // Sign-out is a form whose answer redirects to the provider; form-action governs redirects too.
        var providers = string.Join(' ', settings.Providers.Select(provider => provider.Authority.GetLeftPart(UriPartial.Authority)));
        StringValues policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
            + $"form-action 'self' {providers}; base-uri 'none'; frame-ancestors 'none'; report-uri {PolicyReports.Path}";

        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            // A letter's frame has an origin of its own and must still get its stylesheet; stylesheets tell nothing of anybody.
            headers["Cross-Origin-Resource-Policy"] = context.Request.Path.StartsWithSegments("/css") ? "cross-origin" : "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            context.Response.OnStarting(static state =>
            {
                var answered = (HttpContext)state;
                if (answered.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                    answered.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            }, context);
            if (settings.IsSecure)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return next(context);
        });
    }
}

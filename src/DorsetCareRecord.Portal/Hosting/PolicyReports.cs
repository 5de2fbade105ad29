using System.Text.Json;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// Where browsers tell that the content policy stopped something (CSP 3, 6.5.1 <c>report-uri</c>; ASVS 5.0, 3.4.7). It means that words of a feed
/// came through as code, or that somebody tampers: either must be known. Of a report only the name of the directive is taken, from a
/// closed list, and logged: the rest is whatever the sender of it likes, and may hold a patient's words. Nothing is stored.
/// </summary>
internal static partial class PolicyReports
{
    internal const string Path = "/csp-report";

    private const int MostBytes = 16 * 1024;

    private static readonly string[] Directives =
    [
        "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src", "connect-src", "font-src",
        "frame-src", "object-src", "media-src", "worker-src", "manifest-src", "form-action", "base-uri", "frame-ancestors",
    ];

    internal static void MapPolicyReports(this IEndpointRouteBuilder app) => app.MapPost(Path, HearAsync).AllowAnonymous();

    private static async Task<IResult> HearAsync(HttpContext http, ILoggerFactory loggers)
    {
        if (await ReadAsync(http) is { } directive)
            Stopped(loggers.CreateLogger("DorsetCareRecord.ContentPolicy"), directive);
        return Results.NoContent();
    }

    /// <summary>Null for what is no report, or larger than any.</summary>
    private static async Task<string?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength >= MostBytes)
            return null;
        var bytes = new byte[MostBytes];
        var length = await http.Request.Body.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, http.RequestAborted);
        return length is 0 or MostBytes ? null : Read(bytes.AsMemory(0, length));
    }

    /// <summary>The directive a report names, <c>other</c> for one that is none of ours; null for what is no report.</summary>
    internal static string? Read(ReadOnlyMemory<byte> sent)
    {
        try
        {
            using var report = JsonDocument.Parse(sent, new JsonDocumentOptions { MaxDepth = 8 });
            return report.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("csp-report", out var body)
                && body.ValueKind == JsonValueKind.Object ? DirectiveOf(body) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // half a character, too
        {
            return null;
        }
    }

    private static string DirectiveOf(JsonElement body)
    {
        foreach (var name in (string[])["effective-directive", "violated-directive"])
        {
            if (body.TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.String && said.GetString() is { } text
                && Array.Find(Directives, known => text == known || text.StartsWith(known + " ", StringComparison.Ordinal)) is { } directive)
                return directive;
        }

        return "other";
    }

    [LoggerMessage(LogLevel.Warning, "The content policy stopped something of a page: {Directive}")]
    private static partial void Stopped(ILogger logger, string directive);
}

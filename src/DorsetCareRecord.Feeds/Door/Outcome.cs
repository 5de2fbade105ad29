using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DorsetCareRecord.Feeds.Door;

/// <summary>An answer with its OperationOutcome (FHIR R4), which names what happened and never a value.</summary>
internal sealed class Outcome(int status, string severity, string code, string words) : IResult
{
    public static Outcome Stored(long id) => new(StatusCodes.Status202Accepted, "information", "informational", $"Stored as message {id}.");

    public static Outcome StoredUnreadable(long id) => new(
        StatusCodes.Status400BadRequest, "error", "structure", $"Not readable. Kept as message {id}: send it mended, not again.");

    /// <param name="version">FHIR's own name of its release.</param>
    public static Outcome StoredOfAnotherVersion(long id, string? version) => new(
        StatusCodes.Status422UnprocessableEntity, "error", "not-supported",
        $"FHIR {version} is not read here: send R4, or GP Connect's STU3 as JSON. Kept as message {id}.");

    public static Outcome WrongKey { get; } = new(StatusCodes.Status401Unauthorized, "error", "login", "The key of the feed is missing or wrong.");

    public static Outcome TooLarge(int most) => new(
        StatusCodes.Status413PayloadTooLarge, "error", "too-long", $"More than {most >> 20} MB.");

    public static Outcome WrongMedia(string accepted) => new(
        StatusCodes.Status415UnsupportedMediaType, "error", "not-supported", $"Send {accepted}, without content encoding.");

    public static Outcome NotStored { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "error", "transient", "Could not be stored. Send it again.");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/fhir+json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "5";
        await JsonSerializer.SerializeAsync(
            response.Body,
            new { resourceType = "OperationOutcome", issue = new[] { new { severity, code, diagnostics = words } } },
            cancellationToken: httpContext.RequestAborted);
    }
}

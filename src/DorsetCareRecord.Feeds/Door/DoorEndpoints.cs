using System.Net.Http.Headers;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.CareCentric;
using DorsetCareRecord.Feeds.Sources.Gp;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DorsetCareRecord.Feeds.Door;

/// <summary>
/// The inbound HTTP door: <c>POST /fhir</c> for GP systems and CareCentric, <c>POST /extract/{council}</c> for councils. Who sends is told by
/// the key alone. What it answers is in docs/feeds/gp.md; content errors are answered as accepted, since sending the same
/// again mends nothing (feeds, R2).
/// </summary>
public static class DoorEndpoints
{
    /// <param name="accept">Stores a delivery and returns its id after commit; <see cref="Inbox.Inbox.AcceptAsync"/>.</param>
    public static void MapDoor(
        this IEndpointRouteBuilder routes, DoorSettings settings, Func<Delivery, CancellationToken, Task<long>> accept)
    {
        var door = new HttpDoor(settings, accept);
        routes.MapPost("/fhir", (Delegate)door.FhirAsync);
        routes.MapPost("/extract/{council}", (Delegate)door.ExtractAsync);
    }
}

internal sealed class HttpDoor(DoorSettings settings, Func<Delivery, CancellationToken, Task<long>> accept)
{
    public async Task<IResult> FhirAsync(HttpContext context)
    {
        if (SourceOf(context.Request.Headers.Authorization) is not { } source)
            return Outcome.WrongKey;
        if (FormatOf(context.Request) is not { } format)
            return Outcome.WrongMedia("application/fhir+json or application/fhir+xml");
        if (await RequestBody.ReadAsync(context, settings.MostBytes) is not { } body)
            return Outcome.TooLarge(settings.MostBytes);

        var peek = BundlePeek.Of(body, format);
        return await StoreAsync(context, peek.Fault, new Delivery
        {
            Source = source,
            Format = format,
            Body = body,
            ControlId = peek.ControlId,
            Patient = CareCentricBundles.Of(source) is { } documents ? documents.PatientOf(body, format) : peek.Patient,
            Peer = context.Connection.RemoteIpAddress?.ToString(),
        });
    }

    public async Task<IResult> ExtractAsync(HttpContext context, string council)
    {
        if (!settings.Councils.TryGetValue(council, out var feed) || !feed.Key.Opens(context.Request.Headers.Authorization))
            return Outcome.WrongKey;
        if (MediaTypeOf(context.Request) is not ("application/zip" or "application/x-zip-compressed"))
            return Outcome.WrongMedia("application/zip");
        if (await RequestBody.ReadAsync(context, settings.MostBytes) is not { } body)
            return Outcome.TooLarge(settings.MostBytes);

        // A zip begins with a local file header, or with the end record when it is empty (APPNOTE 4.3).
        var isZip = body.Span.StartsWith("PK\x03\x04"u8) || body.Span.StartsWith("PK\x05\x06"u8);
        return await StoreAsync(context, isZip ? null : new Fault(Reasons.Unreadable), new Delivery
        {
            Source = feed.Source,
            Format = Formats.CareExtract,
            Body = body,
            Peer = context.Connection.RemoteIpAddress?.ToString(),
        });
    }

    /// <summary>The key alone tells whose bundle it is; all are compared whichever opens.</summary>
    private string? SourceOf(string? authorization)
    {
        var isGp = settings.Gp?.Opens(authorization) == true;
        var isPoole = settings.CareCentric?.Opens(authorization) == true;
        var isBournemouth = settings.CareCentricBournemouth?.Opens(authorization) == true;
        return isGp ? SourceCodes.Gp : isPoole ? SourceCodes.CareCentric : isBournemouth ? SourceCodes.CareCentricBournemouth : null;
    }

    private async Task<IResult> StoreAsync(HttpContext context, Fault? fault, Delivery delivery)
    {
        try
        {
            var id = await accept(delivery, context.RequestAborted);
            return fault?.Reason switch
            {
                Reasons.Unreadable => Outcome.StoredUnreadable(id),
                Reasons.WrongVersion => Outcome.StoredOfAnotherVersion(id, fault.Shape),
                _ => Outcome.Stored(id),
            };
        }
        catch (InboxUnavailableException)
        {
            return Outcome.NotStored;
        }
    }

    private static string? FormatOf(HttpRequest request) => MediaTypeOf(request) switch
    {
        "application/fhir+json" or "application/json" or "text/json" => Formats.FhirJson,
        "application/fhir+xml" or "application/xml" or "text/xml" => Formats.FhirXml,
        _ => null,
    };

    /// <summary>In lower case, without parameters; null also when the body is compressed, which would hide its size.</summary>
    private static string? MediaTypeOf(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0 || string.Equals(request.Headers.ContentEncoding, "identity", StringComparison.OrdinalIgnoreCase)
            ? MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType?.ToLowerInvariant() : null
            : null;
}

using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DorsetCareRecord.Feeds.Door;

/// <summary>Reads a request's body up to a limit that is ours, whatever the sender says of its length.</summary>
internal static class RequestBody
{
    /// <summary>Null when it is longer than <paramref name="most"/>; no more than that is held at any time.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        var body = new ArrayBufferWriter<byte>((int)Math.Max(context.Request.ContentLength ?? 0, 64 << 10));
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(body.GetMemory(16 << 10), context.RequestAborted);
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > most)
                return null;
        }
    }
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>Posts FHIR files to the inbound door as the GP feed would: each file one request.</summary>
internal static class DoorSend
{
    public static async Task RunAsync(
        Uri door, string? key, IReadOnlyList<string> files, TimeSpan answerWithin, Tally tally, TextWriter output, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = answerWithin };
        foreach (var file in files)
        {
            var body = await File.ReadAllBytesAsync(file, ct);
            var (accepted, line) = await PostAsync(client, door, key, body, ct);
            tally.Count(accepted);
            await output.WriteLineAsync($"{line} {Path.GetFileName(file)}");
        }
    }

    private static async Task<(bool? Accepted, string Line)> PostAsync(
        HttpClient client, Uri door, string? key, byte[] body, CancellationToken ct)
    {
        using var request = Request(door, key, body);
        try
        {
            using var answer = await client.SendAsync(request, ct);
            var line = $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
            return answer.IsSuccessStatusCode
                ? (true, line)
                : (false, line + await WhyAsync(answer, ct));
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw new SendException($"Nothing listens on {door.Authority}; is ./dcr up running?", e);
        }
        catch (HttpRequestException)
        {
            return (null, "no answer");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "no answer");
        }
    }

    public static HttpRequestMessage Request(Uri door, string? key, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(door, "/fhir")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(IsXml(body) ? "application/fhir+xml" : "application/fhir+json");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    /// <summary>JSON or XML, not HL7 v2.</summary>
    public static bool IsFhir(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[64];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var first = head.IndexOfAnyExcept("\uFEFF \t\r\n"u8);
        return first >= 0 && head[first] is (byte)'<' or (byte)'{';
    }

    private static bool IsXml(ReadOnlySpan<byte> body)
    {
        var first = body.IndexOfAnyExcept("\uFEFF \t\r\n"u8);
        return first >= 0 && body[first] == (byte)'<';
    }

    // The door's own OperationOutcome, which names the fault and never a value.
    private static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            using var outcome = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct));
            var issue = outcome.RootElement.GetProperty("issue")[0];
            return issue.TryGetProperty("diagnostics", out var words) ? $" ({words.GetString()})" : "";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return "";
        }
    }
}

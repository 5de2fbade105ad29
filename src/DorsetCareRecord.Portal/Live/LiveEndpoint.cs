using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.SignIn;

namespace DorsetCareRecord.Portal.Live;

/// <summary>
/// Server-sent events of one record: that sections changed, never what they say. The page then fetches what changed through
/// its own door. Before each event and at each heartbeat the directory is asked again, so a disabled account hears no more.
/// </summary>
internal static class LiveEndpoint
{
    /// <summary>Below the 30 seconds after which proxies begin to drop silent connections.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    internal static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/record/{person:guid}/live", (Guid person, long? since, string? feeds, HttpContext http, RecordChanges changes, FeedClock sources,
                Sessions sessions, TimeProvider clock, IHostApplicationLifetime lifetime) =>
            TypedResults.ServerSentEvents(EventsAsync(
                http.Viewer(), changes.Watch(http.Viewer(), person, TimeOf(since)), sources, feeds, sessions, clock, lifetime.ApplicationStopping,
                http.RequestAborted)))
            .RequireAuthorization(Policies.Reader);

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(Viewer viewer, RecordWatch watching, FeedClock sources,
        string? shown, Sessions sessions, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var watch = watching;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        yield return new SseItem<string>("1", "hello"); // an event without data is none; this one opens the stream at once
        // The first look waits for nothing: the sources may stand otherwise since the page was read.
        for (var patience = TimeSpan.Zero; ; patience = Heartbeat)
        {
            if (await NextAsync(viewer, watch, sources, sessions, clock, patience, end.Token) is not { } heard)
                yield break;
            if (!heard.IsAdmitted)
            {
                yield return new SseItem<string>("1", "over");
                yield break;
            }

            // Silence is a change that nobody sends.
            if (heard.Feeds.Digest != shown)
                yield return new SseItem<string>(heard.Feeds.Digest, "feeds");
            shown = heard.Feeds.Digest;
            yield return heard.Change is null
                ? new SseItem<string>("1", "beat")
                : new SseItem<string>(string.Join(',', heard.Change.Sections.Select(section => (short)section)), "changed");
        }
    }

    /// <summary>Null when the stream ends.</summary>
    private static async Task<Moment?> NextAsync(Viewer viewer, RecordWatch watch, FeedClock sources, Sessions sessions, TimeProvider clock,
        TimeSpan patience, CancellationToken end)
    {
        try
        {
            var change = await watch.NextAsync(patience, clock, end);
            var isAdmitted = await sessions.AdmitAsync(viewer.Session, isActivity: false, end) is Admission.Admitted;
            return new Moment(change, await sources.ReadAsync(end), isAdmitted);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private sealed record Moment(RecordChange? Change, FeedsNow Feeds, bool IsAdmitted);

    /// <summary>When the page was read; a page that does not say is told to read again.</summary>
    private static DateTimeOffset TimeOf(long? since) =>
        since is > 0 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(since.Value) : DateTimeOffset.UnixEpoch;
}

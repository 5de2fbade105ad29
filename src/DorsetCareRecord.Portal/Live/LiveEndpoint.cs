using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DorsetCareRecord.Portal.Live;

/// <summary>
/// Server-sent events of one record: that sections changed, never what they say. The page then fetches what changed through
/// its own door. Before each event and at each heartbeat it is decided again, so whoever may not see any more hears no more.
/// </summary>
internal static class LiveEndpoint
{
    /// <summary>Below the 30 seconds after which proxies begin to drop silent connections.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    internal static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/record/{person:guid}/live", WatchAsync).RequireAuthorization(Policies.Reader);

    /// <summary>Of a record that is not open to the viewer nothing is heard, not even that it changes.</summary>
    private static async Task<Results<ServerSentEventsResult<string>, NotFound>> WatchAsync(Guid person, long? since, string? feeds, HttpContext http,
        RecordChanges changes, FeedClock sources, Door door, Sessions sessions, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        var viewer = http.Viewer();
        if (await door.SectionsAsync(viewer, person, Purposes.Of(viewer.Role), http.RequestAborted) is not { } may)
            return TypedResults.NotFound();
        var watch = changes.Watch(viewer, person, may, TimeOf(since));
        return TypedResults.ServerSentEvents(EventsAsync(new Listener(viewer, person, watch, door, sessions), sources, feeds, clock,
            lifetime.ApplicationStopping, Unhurried.Left(http)));
    }

    /// <summary>Who listens to whom, and whom to ask whether they still may.</summary>
    private sealed record Listener(Viewer Viewer, Guid Person, RecordWatch Watch, Door Door, Sessions Sessions)
    {
        internal async Task<bool> MayStillAsync(CancellationToken cancel) =>
            await Sessions.AdmitAsync(Viewer.Session, isActivity: false, cancel) is Admission.Admitted { Viewer: var now }
            && await Door.SectionsAsync(now, Person, Purposes.Of(now.Role), cancel) is not null;
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(Listener listener, FeedClock sources, string? shown, TimeProvider clock,
        CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var watch = listener.Watch;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        yield return new SseItem<string>("1", "hello"); // an event without data is none; this one opens the stream at once
        // The first look waits for nothing: the sources may stand otherwise since the page was read.
        for (var patience = TimeSpan.Zero; ; patience = Heartbeat)
        {
            if (await NextAsync(listener, sources, clock, patience, end.Token) is not { } heard)
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
            yield return heard.Change is null or { Sections: [] }
                ? new SseItem<string>("1", "beat")
                : new SseItem<string>(string.Join(',', heard.Change.Sections.Select(section => (short)section)), "changed");
        }
    }

    /// <summary>Null when the stream ends.</summary>
    private static async Task<Moment?> NextAsync(
        Listener listener, FeedClock sources, TimeProvider clock, TimeSpan patience, CancellationToken end)
    {
        try
        {
            var change = await listener.Watch.NextAsync(patience, clock, end);
            // Only waiting is broken off: a question to the database is always heard out.
            var isAdmitted = await listener.MayStillAsync(CancellationToken.None);
            var moment = new Moment(change, await sources.ReadAsync(CancellationToken.None), isAdmitted);
            end.ThrowIfCancellationRequested();
            return moment;
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

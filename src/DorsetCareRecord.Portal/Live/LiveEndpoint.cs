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
        app.MapGet("/record/{person:guid}/live", (Guid person, long? since, HttpContext http, RecordChanges changes, Sessions sessions,
                TimeProvider clock, IHostApplicationLifetime lifetime) =>
            TypedResults.ServerSentEvents(EventsAsync(
                http.Viewer(), changes.Watch(http.Viewer(), person, Moment(since)), sessions, clock, lifetime.ApplicationStopping, http.RequestAborted)))
            .RequireAuthorization(Policies.Reader);

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(Viewer viewer, RecordWatch watching, Sessions sessions,
        TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var watch = watching;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        yield return new SseItem<string>("1", "hello"); // an event without data is none; this one opens the stream at once
        while (!end.IsCancellationRequested)
        {
            RecordChange? change;
            bool isAdmitted;
            try
            {
                change = await watch.NextAsync(Heartbeat, clock, end.Token);
                isAdmitted = await sessions.AdmitAsync(viewer.Session, isActivity: false, end.Token) is Admission.Admitted;
            }
            catch (OperationCanceledException)
            {
                yield break;
            }

            yield return !isAdmitted ? new SseItem<string>("1", "over")
                : change is null ? new SseItem<string>("1", "beat")
                : new SseItem<string>(string.Join(',', change.Sections.Select(section => (short)section)), "changed");
            if (!isAdmitted)
                yield break;
        }
    }

    /// <summary>When the page was read; a page that does not say is told to read again.</summary>
    private static DateTimeOffset Moment(long? since) =>
        since is > 0 and < 4_102_444_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(since.Value) : DateTimeOffset.UnixEpoch;
}

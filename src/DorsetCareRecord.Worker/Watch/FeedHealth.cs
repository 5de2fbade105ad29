using DorsetCareRecord.Feeds.Desk;

namespace DorsetCareRecord.Worker.Watch;

/// <summary>
/// <c>/health/feeds</c>: one JSON object for a monitor that reads no metrics. It answers 200 whatever the sources do, because a silent
/// hospital is no reason to restart us, and 503 when we do not know.
/// </summary>
internal static class FeedHealth
{
    internal static void MapFeedHealth(this WebApplication app) => app.MapGet("/health/feeds", (FeedMeter meter) => meter.Seen is { } seen
        ? Results.Json(new { seen.At, Sources = seen.Rows.Select(row => Of(row, seen.At)) }, ActJsonOptions)
        : Results.Json(new { Unknown = "The sources could not be looked at." }, ActJsonOptions, statusCode: StatusCodes.Status503ServiceUnavailable));

    private static System.Text.Json.JsonSerializerOptions ActJsonOptions => DorsetCareRecord.Feeds.Desk.Acts.ActJson.Options;

    internal static object Of(FeedRow row, DateTimeOffset at) => new
    {
        Source = row.Source.Code,
        row.State,
        Paused = row.Pause is not null,
        row.Peers,
        row.LastReceived,
        row.PerMinute,
        row.UsualPerMinute,
        LateAfterSeconds = row.Freshness.Expectation.LateAfter.TotalSeconds,
        SilentAfterSeconds = row.Freshness.Expectation.SilentAfter.TotalSeconds,
        row.Waiting,
        OldestWaitingSeconds = row.OldestWaiting is { } since ? Math.Max(0, (at - since).TotalSeconds) : (double?)null,
        Parked = row.Parked.Values.Sum(),
        ParkedByReason = row.Parked,
        row.Stumbling,
        row.UnendedBytes,
        AnswerP95Milliseconds = row.AnswerP95,
    };
}

using System.Text.Json;

namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>Who asks, as they were known when they asked.</summary>
/// <param name="Account">Of the directory; null for the command line.</param>
/// <param name="Name">For people.</param>
/// <param name="Organisation">Code of the partner that enabled them, or <c>command line</c>.</param>
public sealed record Asker(Guid? Account, string Name, string Organisation);

/// <summary>Something a person asks the worker to do. The portal cannot write the inbox or the record: it adds this row, and the worker does it.</summary>
/// <param name="Id">Made by the asker: the same form sent twice is one act.</param>
/// <param name="Kind">Names the handler (<see cref="IActHandler.Kind"/>).</param>
/// <param name="About">What it is about in words that may be shown and logged: a source, <c>message 123</c>. No patient's words.</param>
/// <param name="Args">For the handler alone; nobody but the worker can read it back.</param>
/// <param name="Why">As typed.</param>
public sealed record Act(Guid Id, string Kind, string? About, JsonElement Args, Asker By, string Why, DateTimeOffset AskedAt);

/// <summary>What became of an act; a closed list.</summary>
public enum ActOutcome
{
    Done = 1,

    /// <summary>The handler would not: the answer says why and what to do next. Nothing was changed.</summary>
    Refused = 2,

    /// <summary>The handler could not; the answer names the fault and says what became of it.</summary>
    Failed = 3,
}

/// <summary>An act as those who asked may see it: what it was about and what came of it, never its arguments.</summary>
/// <param name="Outcome">Null while it waits.</param>
/// <param name="Answer">The handler's own shape; no patient's words. <c>{"sentence": ...}</c> when refused or failed.</param>
public sealed record AskedAct(
    Guid Id, string Kind, string? About, Asker By, string Why, DateTimeOffset AskedAt, DateTimeOffset? DoneAt, ActOutcome? Outcome,
    JsonElement? Answer)
{
    /// <summary>What a refusal or a failure says; null otherwise.</summary>
    public string? Sentence => Answer is { ValueKind: JsonValueKind.Object } answer
        && answer.TryGetProperty("sentence", out var sentence) ? sentence.GetString() : null;

    /// <summary>The answer in the handler's shape; null when there is none of that shape.</summary>
    public T? AnswerAs<T>()
        where T : class => Outcome == ActOutcome.Done && Answer is { } answer ? answer.Deserialize<T>(ActJson.Options) : null;
}

/// <summary>How arguments and answers are written.</summary>
public static class ActJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}

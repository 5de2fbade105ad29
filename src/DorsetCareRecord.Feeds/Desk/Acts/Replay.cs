namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>Puts parked messages back in their lanes.</summary>
public static class Replay
{
    public const string Kind = "replay";

    /// <param name="Ids">Of parked messages.</param>
    public sealed record Args(IReadOnlyList<long> Ids);

    /// <param name="Messages">How many wait again.</param>
    public sealed record Answer(long Messages);
}

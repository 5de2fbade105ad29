namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>A human's word on whether two sources' records are one person.</summary>
public static class Matches
{
    public const string Kind = "match";

    /// <param name="Identity">Of the pair; when set apart, the one that leaves.</param>
    /// <param name="Other">The other of the pair.</param>
    public sealed record Args(Guid Identity, Guid Other, MatchWord Word);

    /// <param name="Persons">How many persons the two are now: 1 or 2.</param>
    /// <param name="Replayed">Messages read again; only after an unmerge.</param>
    public sealed record Answer(int Persons, long Replayed);
}

/// <summary>A closed list.</summary>
public enum MatchWord
{
    /// <summary>One person: link them.</summary>
    Same = 1,

    /// <summary>Two people: keep or set them apart.</summary>
    Apart = 2,

    /// <summary>Asked first, decided later; both stay apart.</summary>
    Later = 3,

    /// <summary>The source merged them and was wrong: set apart, and read again what was said of both.</summary>
    Unmerge = 4,
}

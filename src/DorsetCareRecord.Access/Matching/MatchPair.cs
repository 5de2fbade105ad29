namespace DorsetCareRecord.Access.Matching;

/// <summary>A line of the list: whom it is about in one word, and the rule that holds it.</summary>
/// <param name="Name">The surname of one of the two; the list itself is a noted look.</param>
/// <param name="PutOff">How often somebody asked first.</param>
public sealed record WaitingPair(Guid Review, string Name, string Rule, DateTimeOffset RaisedAt, int PutOff);

/// <summary>What was decided of a pair and still holds, or what no longer does.</summary>
public sealed record DecidedPair(
    Guid Review, string Name, string OtherName, bool Same, DateTimeOffset DecidedAt, string DecidedBy, string? Why, DateTimeOffset? LiftedAt, string? LiftedBy,
    string? LiftedWhy);

/// <summary>The desk as it stands.</summary>
/// <param name="NotedAt">When this look was recorded.</param>
public sealed record MatchList(
    DateTimeOffset NotedAt, int Total, IReadOnlyList<WaitingPair> Waiting, IReadOnlyList<DecidedPair> Decided, int Linked, int KeptApart, int Ended);

/// <summary>One of the two records: whose it is at its source, never what it says clinically.</summary>
public sealed record MatchSide(
    Guid Identity, string Source, string LocalId, DateTimeOffset FirstSeenAt, long Items, IReadOnlyList<FormerNumberHeld> FormerNumbers);

/// <summary>An NHS number the source gave once and no longer does.</summary>
public sealed record FormerNumberHeld(string Number, DateTimeOffset From, DateTimeOffset Until);

/// <summary>A word said earlier on the pair.</summary>
public sealed record EarlierWord(string Decision, DateTimeOffset At, string By, string Why);

/// <summary>How one detail of two records compares.</summary>
public enum Likeness
{
    Same = 1,

    /// <summary>Not the same, and easily the same thing written otherwise.</summary>
    Close = 2,
    Differs = 3,

    /// <summary>At least one of the two does not say.</summary>
    Missing = 4,
}

/// <summary>Which way a detail speaks.</summary>
public enum Bearing
{
    None = 0,
    For = 1,
    Against = 2,
    StrongAgainst = 3,
}

/// <param name="Speaks">Its weight in words.</param>
public sealed record EvidenceLine(string Detail, string? One, string? Other, Likeness Likeness, Bearing Bearing, string Speaks);

/// <summary>A pair side by side.</summary>
public sealed record MatchPair(
    Guid Review, string Rule, DateTimeOffset RaisedAt, MatchSide One, MatchSide Other, IReadOnlyList<EvidenceLine> Rows, IReadOnlyList<EarlierWord> Earlier,
    string? Decision, bool IsOpen)
{
    public int For => Rows.Count(r => r.Bearing == Bearing.For);

    public int Against => Rows.Count(r => r.Bearing is Bearing.Against or Bearing.StrongAgainst);

    public int Missing => Rows.Count(r => r.Likeness == Likeness.Missing);

    public bool IsStronglyAgainst => Rows.Any(r => r.Bearing == Bearing.StrongAgainst);
}

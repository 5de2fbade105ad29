namespace DorsetCareRecord.Access.Rules;

/// <summary>What comes of a question. The default is the refusal.</summary>
public enum Verdict
{
    /// <summary>Nothing, not even that there is something.</summary>
    Deny = 0,

    /// <summary>That there is something may be known, no more.</summary>
    Withheld = 1,

    /// <summary>Sealed: a listed role may open it with a reason, which always alerts.</summary>
    Sealed = 2,

    /// <summary>No relationship is known: open after saying why.</summary>
    AskReason = 3,

    Allow = 4,
}

/// <summary>How much of a section is shown. The default is nothing.</summary>
public enum Extent
{
    /// <summary>Not available.</summary>
    None = 0,
    All = 1,

    /// <summary>Active problems only.</summary>
    ActiveOnly = 2,

    /// <summary>Discharge letters only.</summary>
    DischargeOnly = 3,

    /// <summary>When, where and which service, not why or how it ended.</summary>
    DateAndService = 4,

    /// <summary>When only.</summary>
    DatesOnly = 5,

    /// <summary>The three latest.</summary>
    LastThree = 6,

    /// <summary>Behind a reason.</summary>
    Sealed = 7,

    /// <summary>That there is something, never what.</summary>
    Marked = 8,

    /// <summary>All of the viewer's own organisation's, nothing of others'.</summary>
    OwnOnly = 9,
}

/// <summary>An answer, with the rules that made it in the order they were asked.</summary>
/// <param name="Extent">How much is shown when allowed.</param>
/// <param name="Rules">Ids; the first figure is the layer.</param>
public sealed record Answer(Verdict Verdict, Extent Extent, IReadOnlyList<string> Rules)
{
    public bool IsAllowed => Verdict == Verdict.Allow && Extent != Extent.None;
}

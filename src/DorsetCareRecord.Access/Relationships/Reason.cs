namespace DorsetCareRecord.Access.Relationships;

/// <summary>What a viewer is asked to say before a record opens.</summary>
public enum Asking
{
    /// <summary>No relationship is known: why do you look?</summary>
    Discussion = 1,

    /// <summary>Permission to view: did the person permit it?</summary>
    Permission = 2,

    /// <summary>Restricted person or sealed items: a reason in words, for a listed role, which always alerts.</summary>
    Seal = 3,
}

/// <summary>A reason that may be chosen. The codes are stored, so they never change their meaning.</summary>
/// <param name="Hint">Under the choice; null when it needs none.</param>
public sealed record Reason(string Code, string Words, string? Hint = null);

/// <summary>The reasons for each asking, in the order of the page.</summary>
public static class Reasons
{
    private static readonly Reason[] Discussion =
    [
        new("talked", "Direct care, and I have talked with the person or their carer"),
        new("could-not-talk", "Direct care, and talking was not possible", "Unconscious, not able to take part, or not present"),
        new("planning", "Planning a discharge, referral or visit"),
        new("safeguarding", "Safeguarding"),
    ];

    private static readonly Reason[] Permission =
    [
        new("permitted", "The person, or who may speak for them, has permitted it"),
        new("best-interests", "They cannot be asked, and it is in their best interests", "Emergency, or lacking capacity (Mental Capacity Act 2005)"),
    ];

    private static readonly Reason[] Seal =
    [
        new("treating-now", "I am treating or caring for this person now"),
        new("emergency", "Emergency: life or safety is at risk"),
        new("safeguarding-enquiry", "Safeguarding enquiry"),
        new("law", "A court or the law requires it"),
    ];

    public static IReadOnlyList<Reason> For(Asking asking) => asking switch
    {
        Asking.Discussion => Discussion,
        Asking.Permission => Permission,
        Asking.Seal => Seal,
        _ => throw new ArgumentOutOfRangeException(nameof(asking)),
    };

    /// <summary>Null when it is not one of the reasons offered for this asking.</summary>
    public static Reason? Find(Asking asking, string? code) => For(asking).FirstOrDefault(reason => reason.Code == code);
}

namespace DorsetCareRecord.Access.Rules;

/// <summary>May a viewer see a section, and how much of it.</summary>
/// <param name="Extent">How much is shown; <see cref="Extent.None"/> is the refusal.</param>
/// <param name="Rule">The rule that decided, for the audit and for whoever asks why.</param>
public readonly record struct Decision(Extent Extent, string Rule)
{
    public bool IsAllowed => Extent != Extent.None;
}

/// <summary>How much of a section a role sees. The default is nothing.</summary>
public enum Extent
{
    /// <summary>Not available to the role.</summary>
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
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Rules;

/// <summary>Relationships the feeds tell of, between a person and the viewer's organisation.</summary>
[Flags]
public enum Relations
{
    None = 0,

    /// <summary>Registered with one of its practices.</summary>
    Registered = 1,

    /// <summary>In its care now, or lately.</summary>
    Encounter = 2,

    /// <summary>Booked or referred.</summary>
    Referral = 4,

    /// <summary>An open social-care case.</summary>
    OpenCase = 8,
}

/// <summary>What is known of a person that bears on who may see them.</summary>
public sealed record PersonFacts
{
    /// <summary>There is such a person.</summary>
    public bool IsKnown { get; init; }

    /// <summary>They chose not to have a Dorset Care Record.</summary>
    public bool HasOptedOut { get; init; }

    /// <summary>Their whereabouts are protected: the sensitive flag of the Personal Demographics Service, a source's own, or our list.</summary>
    public bool IsRestricted { get; init; }

    public Relations Relations { get; init; }

    /// <summary>The viewer said in this session why they look.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>The viewer broke the seal in this session, and its time is not over.</summary>
    public bool IsSealBroken { get; init; }
}

/// <summary>What is known of an item that bears on who may see it.</summary>
/// <param name="Source">Organisation it comes from.</param>
/// <param name="Sets">Sensitive sets that its codes or clinic are in.</param>
/// <param name="IsKeptForChildrensWorkers">From a council's files on children (<see cref="Audience"/>).</param>
/// <param name="Label">Its source's label; null when its source does not say.</param>
/// <param name="IsFromLabellingFeed">Its feed labels: silence counts as restricted.</param>
public sealed record ItemFacts(
    Section Section, string Source, IReadOnlyList<SensitiveSet> Sets, bool IsKeptForChildrensWorkers = false,
    Confidentiality? Label = null, bool IsFromLabellingFeed = false);

/// <summary>May this viewer, for this purpose and at this moment, see this person's record; or, with an item, this item?</summary>
public sealed record Question
{
    public required Viewer Viewer { get; init; }
    public required PersonFacts Person { get; init; }
    public ItemFacts? Item { get; init; }
    public required Purpose Purpose { get; init; }
    public required Policy Policy { get; init; }
    public required DateTimeOffset At { get; init; }
}

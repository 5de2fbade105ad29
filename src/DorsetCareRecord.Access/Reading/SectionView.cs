using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// Why a section has the entries it has. Only <see cref="Read"/> says anything of the person; an empty list in any other
/// state says nothing at all, and no page may make it look as if it did (hazard H05).
/// </summary>
public enum SectionState
{
    /// <summary>This page did not ask for it.</summary>
    NotAsked = 0,
    Read = 1,
    NotForYourRole = 2,

    /// <summary>Kept back by choice or confidentiality.</summary>
    Withheld = 3,

    /// <summary>Reading it failed.</summary>
    Unavailable = 4,
}

/// <summary>A section, or the part of it that is of one type of item, as this viewer may see it at this moment.</summary>
/// <param name="Total">How many there are for this viewer, of which <see cref="Entries"/> may be the latest only.</param>
/// <param name="At">When it was read, or when reading failed.</param>
public sealed record SectionView<TItem>(
    Section Section, SectionState State, Extent Extent, IReadOnlyList<Entry<TItem>> Entries, int Total, DateTimeOffset At)
    where TItem : Item
{
    internal static SectionView<TItem> Without(Section section, SectionState state, DateTimeOffset at) =>
        new(section, state, Extent.None, [], 0, at);

    /// <summary>
    /// Items that are there and not shown (choice, confidentiality), where it may be known that they are; the whole section's,
    /// however many lists it is read in.
    /// </summary>
    public int Hidden { get; init; }

    /// <summary>Feeds whose organisations share none of this section with the viewer's.</summary>
    public IReadOnlyList<string> NotShared { get; init; } = [];

    public bool IsRead => State == SectionState.Read;

    /// <summary>There are more than are here, and the page must say so.</summary>
    public bool HasMore => Total > Entries.Count;
}

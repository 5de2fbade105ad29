using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>One person's record, in a form that is the same whenever the record is the same.</summary>
/// <param name="NhsNumber">As asked for.</param>
/// <param name="AsAt">As it was known then; null for now.</param>
/// <param name="People">One, unless sources disagree about whose the number is: then nobody is shown merged.</param>
public sealed record ShownRecord(string NhsNumber, DateTimeOffset? AsAt, IReadOnlyList<ShownPerson> People);

/// <param name="Person">Our id.</param>
/// <param name="KnownAs">The source records linked to the person.</param>
/// <param name="WaitsForReview">Other source records a human should compare with these.</param>
/// <param name="Sections">By the fixed headings, in their order; an empty one is there too.</param>
public sealed record ShownPerson(
    Guid Person, IReadOnlyList<ShownIdentity> KnownAs, int WaitsForReview, IReadOnlyDictionary<string, IReadOnlyList<ShownItem>> Sections);

/// <summary>A patient of a source, and why it is linked.</summary>
public sealed record ShownIdentity(string Source, string LocalId, DateTimeOffset Since, string Evidence);

/// <param name="Source">Code of the feed.</param>
/// <param name="Key">The source's own key.</param>
/// <param name="Version">The source's own time.</param>
/// <param name="RecordedAt">When we received it.</param>
/// <param name="Message">The message it came with.</param>
/// <param name="Ended">The source's list no longer has it.</param>
/// <param name="Says">What the source says.</param>
public sealed record ShownItem(
    string Source, string Key, DateTimeOffset Version, DateTimeOffset RecordedAt, long Message, bool Ended, Item Says);

using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>One entry of the record as its row shows it: the fold of everything its source said of it.</summary>
/// <param name="Home">Placement of the row; with <paramref name="Id"/> its key.</param>
/// <param name="Id">Name-based, so that a rebuild gives the same.</param>
/// <param name="IdentityId">The patient of the source it belongs to.</param>
/// <param name="Source">Code of the feed.</param>
/// <param name="SourceKey">The source's own key of the thing.</param>
/// <param name="Version">The source's own time of its latest statement.</param>
/// <param name="RecordedAt">When the message of that statement was received.</param>
/// <param name="MessageId">That message.</param>
/// <param name="Ended">The source's own list no longer has the item.</param>
/// <param name="Item">What the source says.</param>
public sealed record Entry<TItem>(
    Guid Home,
    Guid Id,
    Guid IdentityId,
    string Source,
    string SourceKey,
    SourceVersion Version,
    DateTimeOffset RecordedAt,
    long MessageId,
    bool Ended,
    TItem Item)
    where TItem : Item;

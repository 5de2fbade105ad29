using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>One item as shown: what a source says, and how we know.</summary>
/// <param name="Id">Ours, the same for as long as the source speaks of the same thing.</param>
/// <param name="Key">The source's own key, for finding what belongs together within one source.</param>
/// <param name="Source">Code of the feed.</param>
/// <param name="StatedAt">The source's own time of what it says here.</param>
/// <param name="RecordedAt">When we received it.</param>
/// <param name="Message">The message it came in; with <paramref name="Id"/> it names this very version.</param>
/// <param name="Ended">The source's own list no longer has it.</param>
/// <param name="Item">What the source says.</param>
public sealed record Entry<TItem>(
    Guid Id, string Key, string Source, DateTimeOffset StatedAt, DateTimeOffset RecordedAt, long Message, bool Ended, TItem Item)
    where TItem : Item
{
    /// <summary>Codes of other sources that say the same, in their order; this one speaks for all of them.</summary>
    public IReadOnlyList<string> AlsoReportedBy { get; init; } = [];

    /// <summary>The same, also reported by <paramref name="source"/>.</summary>
    internal Entry<TItem> With(string source) => source == Source || AlsoReportedBy.Contains(source)
        ? this
        : this with { AlsoReportedBy = [.. AlsoReportedBy.Append(source).Order(StringComparer.Ordinal)] };
}

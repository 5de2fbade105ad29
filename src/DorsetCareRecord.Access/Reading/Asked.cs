using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>A section, or part of one, on its way from asked to read or failed.</summary>
internal abstract class Asked(SectionState state)
{
    internal SectionState State { get; private protected set; } = state;

    internal Exception? Fault { get; private set; }

    internal abstract ItemTable Table { get; }

    /// <param name="known">What was known at a past moment; null to read the rows of now.</param>
    internal abstract NpgsqlBatchCommand Command(Places places, HidingMarks hidden, IReadOnlyList<KnownEntry>? known);

    internal abstract Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel);

    internal void Fail(Exception fault) => (State, Fault) = (SectionState.Unavailable, fault);
}

internal sealed class Asked<TItem>(Section section, Shelf<TItem> shelf, SectionState state, SectionScope scope) : Asked(state)
    where TItem : Item
{
    private (List<Entry<TItem>> Entries, int Total) _read = ([], 0);

    internal override ItemTable Table => shelf.Table;

    internal override NpgsqlBatchCommand Command(Places places, HidingMarks hidden, IReadOnlyList<KnownEntry>? known) =>
        shelf.Command(places.For(section), scope, hidden, known);

    internal override async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel) =>
        _read = await shelf.ReadAsync(row, cancel);

    /// <param name="hidden">How many items of the section are there and not shown; null when that may not be known.</param>
    internal SectionView<TItem> View(DateTimeOffset at, HiddenItems hidden) => State == SectionState.Read
        ? new SectionView<TItem>(section, State, scope.Extent, _read.Entries, _read.Total, at) { Hidden = hidden.Of(section), NotShared = scope.NotShared }
        : SectionView<TItem>.Without(section, State, at);
}

/// <summary>How many items of each section are there and not shown, as far as policy lets it be known.</summary>
internal sealed class HiddenItems
{
    private readonly Dictionary<Section, int> _counts = [];

    internal IReadOnlyDictionary<Section, int> Counts => _counts;

    internal int Of(Section section) => _counts.GetValueOrDefault(section);

    internal void Add(Section section, int count)
    {
        if (count > 0)
            _counts[section] = Of(section) + count;
    }
}

using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>A section, or part of one, on its way from asked to read or failed.</summary>
internal abstract class Asked(SectionState state)
{
    internal SectionState State { get; private protected set; } = state;

    internal Exception? Fault { get; private set; }

    internal abstract NpgsqlBatchCommand Command(Places places);

    internal abstract Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel);

    internal void Fail(Exception fault) => (State, Fault) = (SectionState.Unavailable, fault);
}

internal sealed class Asked<TItem>(Section section, Shelf<TItem> shelf, SectionState state, Extent extent) : Asked(state)
    where TItem : Item
{
    private (List<Entry<TItem>> Entries, int Total) _read = ([], 0);

    internal override NpgsqlBatchCommand Command(Places places) => shelf.Command(places.For(section));

    internal override async Task ReadAsync(NpgsqlDataReader row, CancellationToken cancel) =>
        _read = await shelf.ReadAsync(row, cancel);

    internal SectionView<TItem> View(DateTimeOffset at) => State == SectionState.Read
        ? new SectionView<TItem>(section, State, extent, _read.Entries, _read.Total, at)
        : SectionView<TItem>.Without(section, State, at);
}

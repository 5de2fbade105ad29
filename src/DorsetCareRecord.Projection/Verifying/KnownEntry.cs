using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>An entry as it was known at a time, with all that its row had then.</summary>
/// <param name="Home">Placement; with <paramref name="Id"/> its key.</param>
/// <param name="Id">The same as the row of now.</param>
/// <param name="IdentityId">The patient of the source it belongs to.</param>
/// <param name="Source">Code of the feed.</param>
/// <param name="Key">The source's own key.</param>
/// <param name="Version">The source's own time of the latest statement known then.</param>
/// <param name="RecordedAt">When that was received.</param>
/// <param name="Message">The message it came with.</param>
/// <param name="AdapterVersion">What read the message.</param>
/// <param name="Ended">The source's list, as known then, no longer had it.</param>
/// <param name="Says">What the source had said.</param>
public sealed record KnownEntry(
    Guid Home, Guid Id, Guid IdentityId, string Source, string Key, DateTimeOffset Version, DateTimeOffset RecordedAt, long Message,
    short AdapterVersion, bool Ended, Item Says);

/// <summary>
/// Entries as they were known, in the place of a table: the statement that reads the rows of now reads these the same way, so
/// that no rule of what is shown is written twice.
/// </summary>
public static class KnownRows
{
    /// <summary>Stands after <c>from</c>; the parameters are numbered from <paramref name="first"/>.</summary>
    /// <param name="alias">What the rest of the statement calls the rows.</param>
    public static string From(ItemTable table, int first, string alias)
    {
        var whole = ItemTables.Of(table.Number);
        return $"({ItemRows.Select(whole, first)}) {alias} ({whole.Quoted})";
    }

    public static IEnumerable<NpgsqlParameter> Parameters(ItemTable table, IEnumerable<KnownEntry> entries) =>
        ItemRows.Parameters(ItemTables.Of(table.Number),
        [
            .. entries.Where(known => known.Says.GetType() == table.ItemType).Select(known => new ItemRow(known.Home, known.Id, known.IdentityId,
                known.Source, known.Key, known.Version, known.RecordedAt, known.Message, known.AdapterVersion, known.Ended, known.Says)),
        ]);
}

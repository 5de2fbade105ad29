using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>What one discharge did to a person's medicines (PRSB: medication change cluster), each with its reason.</summary>
/// <param name="Day">The day its source stated it.</param>
/// <param name="Changes">Started, changed, stopped, in this order; only those there are.</param>
public sealed record DischargeChanges(string Source, string Day, IReadOnlyList<(string Change, IReadOnlyList<Entry<Medicine>> Entries)> Changes)
{
    /// <summary>Latest first.</summary>
    public static IReadOnlyList<DischargeChanges> Of(SectionView<Medicine> section) =>
    [
        .. section.Entries.Where(entry => entry.Item.Change is not null)
            .GroupBy(entry => (entry.Source, Day: Dates.Today(entry.StatedAt)))
            .OrderByDescending(discharge => discharge.Key.Day).ThenBy(discharge => discharge.Key.Source, StringComparer.Ordinal)
            .Select(discharge => new DischargeChanges(discharge.Key.Source, Dates.Day(discharge.First().StatedAt),
            [
                .. discharge.GroupBy(entry => entry.Item.Change!.Value).OrderBy(change => change.Key).Select(change => (
                    Word(change.Key), (IReadOnlyList<Entry<Medicine>>)[.. change.OrderBy(entry => entry.Item.Name, StringComparer.OrdinalIgnoreCase)])),
            ])),
    ];

    private static string Word(MedicineChange change) => change switch
    {
        MedicineChange.Started => "Started",
        MedicineChange.Changed => "Changed",
        MedicineChange.Stopped => "Stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}

using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>An entry of any section.</summary>
/// <param name="Section">Whose heading it stands under.</param>
public sealed record AnyEntry(
    Section Section, Guid Id, string Key, string Source, DateTimeOffset StatedAt, DateTimeOffset RecordedAt, long Message, bool Ended, Item Item);

/// <summary>All entries a view holds, section by section: what is withheld or was not asked for is not among them.</summary>
public static class EverythingIn
{
    public static IReadOnlyList<AnyEntry> Of(RecordView view)
    {
        var all = new List<AnyEntry>(512);
        Add(all, view.Demographics);
        Add(all, view.Flags);
        Add(all, view.Problems);
        Add(all, view.Medicines);
        Add(all, view.Allergies);
        Add(all, view.Results);
        Add(all, view.Reports);
        Add(all, view.NextOfKin);
        Add(all, view.Carers);
        Add(all, view.CareServices);
        Add(all, view.CareWorkers);
        Add(all, view.Letters);
        Add(all, view.Encounters);
        Add(all, view.Immunisations);
        Add(all, view.CareDetails);
        Add(all, view.Notices);
        return all;
    }

    /// <summary>A plain loop: several hundred entries pass here with every page, and a query over each list cost more than reading them.</summary>
    private static void Add<TItem>(List<AnyEntry> all, SectionView<TItem> section)
        where TItem : Item
    {
        var entries = section.Entries;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            all.Add(new AnyEntry(section.Section, entry.Id, entry.Key, entry.Source, entry.StatedAt, entry.RecordedAt, entry.Message, entry.Ended, entry.Item));
        }
    }
}

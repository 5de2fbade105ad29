using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>An entry of any section.</summary>
/// <param name="Section">Whose heading it stands under.</param>
public sealed record AnyEntry(
    Section Section, Guid Id, string Key, string Source, DateTimeOffset StatedAt, DateTimeOffset RecordedAt, long Message, bool Ended, Item Item);

/// <summary>All entries a view holds, section by section: what is withheld or was not asked for is not among them.</summary>
public static class EverythingIn
{
    public static IEnumerable<AnyEntry> Of(RecordView view) =>
    [
        .. From(view.Demographics), .. From(view.Flags), .. From(view.Problems), .. From(view.Medicines), .. From(view.Allergies),
        .. From(view.Results), .. From(view.Reports), .. From(view.NextOfKin), .. From(view.Carers), .. From(view.CareServices),
        .. From(view.CareWorkers), .. From(view.Letters), .. From(view.Encounters), .. From(view.Immunisations), .. From(view.CareDetails),
        .. From(view.Notices),
    ];

    private static IEnumerable<AnyEntry> From<TItem>(SectionView<TItem> section)
        where TItem : Item =>
        section.Entries.Select(entry => new AnyEntry(section.Section, entry.Id, entry.Key, entry.Source, entry.StatedAt, entry.RecordedAt,
            entry.Message, entry.Ended, entry.Item));
}

using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// A source's positive statement that a person has no known allergies. There is no way to have one but to find it among what
/// sources said, so no page can say "none" on the strength of an empty list (hazards H05 and H06).
/// </summary>
public sealed record NilStatement
{
    private NilStatement(Entry<Allergy> entry) => Entry = entry;

    public Entry<Allergy> Entry { get; }

    /// <summary>Who said it.</summary>
    public string By => Shares.Name(Entry.Source);

    /// <summary>When it was recorded, <c>dd-Mmm-yyyy</c>.</summary>
    public string On => Entry.Item.RecordedOn is { } on ? Dates.Day(on) : Dates.Day(Entry.StatedAt);

    /// <summary>Beside allergies that others know: the contradiction is named and nobody is believed over another.</summary>
    public string Contradiction => $"{By} recorded no known allergies on {On}; the allergies above are from other statements.";

    /// <summary>
    /// Those in force: neither ended, refuted nor in error, and of a list that does not warn that it may lack items. Of a section that
    /// was not read there are none.
    /// </summary>
    /// <param name="notices">What sources say of their own lists.</param>
    public static IReadOnlyList<NilStatement> Among(SectionView<Allergy> section, SectionView<Notice>? notices = null) =>
        [.. InForce(section).Where(entry => !IsDoubted(entry, notices)).Select(entry => new NilStatement(entry))];

    /// <summary>Sources that state there is none while their own list may lack items: shown, and no statement.</summary>
    public static IReadOnlyList<Entry<Allergy>> DoubtedAmong(SectionView<Allergy> section, SectionView<Notice>? notices) =>
        [.. InForce(section).Where(entry => IsDoubted(entry, notices))];

    /// <summary>What is said of a doubted one.</summary>
    public static string Doubt(Entry<Allergy> entry) =>
        $"{Shares.Name(entry.Source)} recorded no known allergies on {Dates.Day(entry.StatedAt)}, but its list may lack some.";

    private static IEnumerable<Entry<Allergy>> InForce(SectionView<Allergy> section) => section.IsRead
        ? section.Entries.Where(entry => entry is
        {
            Ended: false,
            Item: { Kind: AllergyKind.NoKnownAllergies, Status: AllergyStatus.Active or AllergyStatus.NotStated },
        })
        : [];

    private static bool IsDoubted(Entry<Allergy> entry, SectionView<Notice>? notices) => notices?.Entries.Any(notice =>
        notice.Item is { About: Section.Allergies, IsWarning: true } && notice.Source == entry.Source
        && notice.Item.Organisation == entry.Item.Organisation) == true;
}

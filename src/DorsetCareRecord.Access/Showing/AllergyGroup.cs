using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// One substance that several statements name, shown once with all of them beside it. It takes the gravest severity anybody
/// stated and every reaction: drawing together never makes an allergy milder (hazard H06).
/// </summary>
/// <param name="Lead">The gravest statement; of equals the one that names a reaction, then the newest.</param>
/// <param name="Entries">Every statement, the lead first.</param>
public sealed record AllergyGroup(Entry<Allergy> Lead, IReadOnlyList<Entry<Allergy>> Entries)
{
    public string Substance => Lead.Item.Substance;

    /// <summary>Severe or life-threatening by severity, by the source's own word, or by a reaction that is so by its name.</summary>
    public bool IsGrave => Entries.Any(entry => IsGraveSaid(entry.Item));

    /// <summary>The lead's reaction first, then those only others name.</summary>
    public IReadOnlyList<string> Reactions =>
    [
        .. Entries.Select(entry => entry.Item.Reaction?.Trim()).OfType<string>().Where(reaction => reaction.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>When any of them was last recorded.</summary>
    public string Updated => Entries.Select(Day).MaxBy(day => day.At).Text;

    /// <summary>Gravest first, then by name. Same code or same words are the same substance; nothing else is guessed alike.</summary>
    public static IReadOnlyList<AllergyGroup> Of(IEnumerable<Entry<Allergy>> entries) =>
    [
        .. Likeness.Group(entries, entry => entry.Item.Coding, entry => Likeness.Substance(entry.Item.Substance))
            .Select(group => group
                .OrderByDescending(entry => IsGraveSaid(entry.Item)).ThenByDescending(entry => entry.Item.Severity ?? 0)
                .ThenByDescending(entry => entry.Item.Reaction is not null).ThenByDescending(entry => Day(entry).At).ToList())
            .Select(group => new AllergyGroup(group[0], group))
            .OrderByDescending(group => group.IsGrave).ThenByDescending(group => group.Lead.Item.Severity ?? 0)
            .ThenBy(group => group.Substance, StringComparer.OrdinalIgnoreCase),
    ];

    private static bool IsGraveSaid(Allergy allergy) => allergy.Severity >= AllergySeverity.Severe
        || Has(allergy.SeverityText, "severe") || Has(allergy.SeverityText, "life")
        || Has(allergy.Reaction, "anaphyla") || Has(allergy.Reaction, "angioedema") || Has(allergy.Reaction, "angio-oedema")
        || Has(allergy.Reaction, "stevens-johnson");

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static (DateTimeOffset At, string Text) Day(Entry<Allergy> entry) => entry.Item.RecordedOn is { } on
        ? (on.AsInstant(), Dates.Day(on))
        : (entry.StatedAt, Dates.Day(entry.StatedAt));
}

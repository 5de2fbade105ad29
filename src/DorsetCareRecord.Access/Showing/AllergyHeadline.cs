using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>The four labels of the banner's allergy box, exactly (NHS CUI PAB-0064 to 0072).</summary>
public enum AllergyLabel
{
    KnownAllergies,
    NoKnownAllergies,
    NotRecorded,
    Unavailable,
}

/// <summary>
/// What the banner says of allergies. A positive allergy from anywhere silences every "no known allergies" (hazard H06):
/// the contradiction is named, never resolved. Resolved and refuted allergies are kept and named as such.
/// </summary>
public sealed record AllergyHeadline
{
    public required AllergyLabel Label { get; init; }

    /// <summary>Allergies and intolerances in force, gravest first, each once with every source that has it.</summary>
    public required IReadOnlyList<AllergyGroup> Known { get; init; }

    /// <summary>Ended, resolved or refuted.</summary>
    public required IReadOnlyList<Entry<Allergy>> Past { get; init; }

    /// <summary>Sources that state there is none.</summary>
    public required IReadOnlyList<NilStatement> SaidNone { get; init; }

    /// <summary>Those that must never leave the screen.</summary>
    public IEnumerable<AllergyGroup> Grave => Known.Where(group => group.IsGrave);

    /// <summary>Some source says none where another knows one.</summary>
    public bool IsContradicted => Known.Count > 0 && SaidNone.Count > 0;

    public string Text => Label switch
    {
        AllergyLabel.KnownAllergies => "Known allergies",
        AllergyLabel.NoKnownAllergies => "No known allergies",
        AllergyLabel.NotRecorded => "Allergies not recorded",
        AllergyLabel.Unavailable => "Allergies unavailable",
        _ => throw new InvalidOperationException(),
    };

    /// <summary>
    /// Sources that state there is none while their own list may lack items (kept back, in transit, not yet filed): no answer, and no
    /// ground for the label "No known allergies".
    /// </summary>
    public required IReadOnlyList<Entry<Allergy>> Doubted { get; init; }

    /// <param name="section">What sources state.</param>
    /// <param name="notices">What they say of their own lists.</param>
    public static AllergyHeadline Of(SectionView<Allergy> section, SectionView<Notice>? notices = null)
    {
        var positive = section.Entries
            .Where(entry => entry.Item is { Status: not AllergyStatus.EnteredInError, Kind: not AllergyKind.NoKnownAllergies }).ToList();
        var known = AllergyGroup.Of(positive.Where(entry => !IsPast(entry)));
        var none = NilStatement.Among(section, notices);
        return new AllergyHeadline
        {
            Label = !section.IsRead ? AllergyLabel.Unavailable
                : known.Count > 0 ? AllergyLabel.KnownAllergies
                : none.Count > 0 ? AllergyLabel.NoKnownAllergies
                : AllergyLabel.NotRecorded,
            Known = known,
            Past = positive.FindAll(IsPast),
            SaidNone = none,
            Doubted = NilStatement.DoubtedAmong(section, notices),
        };
    }

    private static bool IsPast(Entry<Allergy> entry) =>
        entry.Ended || entry.Item.Status is AllergyStatus.Resolved or AllergyStatus.Refuted;
}

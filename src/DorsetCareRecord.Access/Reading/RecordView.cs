using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What one opening of a record showed. Sections the page did not need are <see cref="SectionState.NotAsked"/>.</summary>
public sealed record RecordView
{
    public required Guid Person { get; init; }
    public required DateTimeOffset At { get; init; }
    public required SectionView<Demographics> Demographics { get; init; }
    public required SectionView<Flag> Flags { get; init; }
    public required SectionView<Problem> Problems { get; init; }
    public required SectionView<Medicine> Medicines { get; init; }
    public required SectionView<Allergy> Allergies { get; init; }
    public required SectionView<Result> Results { get; init; }
    public required SectionView<Report> Reports { get; init; }
    public required SectionView<Contact> NextOfKin { get; init; }
    public required SectionView<Contact> Carers { get; init; }
    public required SectionView<CareService> CareServices { get; init; }
    public required SectionView<CareWorker> CareWorkers { get; init; }
    public required SectionView<Letter> Letters { get; init; }
    public required SectionView<Encounter> Encounters { get; init; }

    public required SectionView<Immunisation> Immunisations { get; init; }
    public required SectionView<CareDetail> CareDetails { get; init; }

    /// <summary>What sources say of the completeness of their own lists, of the sections shown here.</summary>
    public required SectionView<Notice> Notices { get; init; }

    /// <summary>What is new to this viewer; null when unknown, which is not "nothing".</summary>
    public News? News { get; init; }

    /// <summary>When this is the record as it was known at a past moment; null when it is the record of now.</summary>
    public Then? Then { get; init; }

    /// <summary>Who this is, drawn from all the sources that know them.</summary>
    public required ConsolidatedPerson Who { get; init; }

    /// <summary>Some of what is not shown would open to this viewer for a reason.</summary>
    public bool HasSealed { get; init; }

    /// <summary>State of each section, for announcing and for the fixed order of a page.</summary>
    public SectionState StateOf(Section section) => section switch
    {
        Section.Demographics => Demographics.State,
        Section.Flags => Flags.State,
        Section.Problems => Problems.State,
        Section.Medicines => Medicines.State,
        Section.Allergies => Allergies.State,
        Section.Results => Results.State == SectionState.Read ? Reports.State : Results.State,
        Section.NextOfKin => NextOfKin.State,
        Section.Care => CareServices.State,
        Section.Letters => Letters.State,
        Section.Encounters => Encounters.State,
        Section.Immunisations => Immunisations.State,
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };

    /// <summary>Items of a section that are there and not shown, where that may be known.</summary>
    public int HiddenIn(Section section) => section switch
    {
        Section.Demographics => 0,
        Section.Flags => Flags.Hidden,
        Section.Problems => Problems.Hidden,
        Section.Medicines => Medicines.Hidden,
        Section.Allergies => Allergies.Hidden,
        Section.Results => Results.Hidden,
        Section.NextOfKin => NextOfKin.Hidden,
        Section.Care => CareServices.Hidden,
        Section.Letters => Letters.Hidden,
        Section.Encounters => Encounters.Hidden,
        Section.Immunisations => Immunisations.Hidden,
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };

    /// <summary>Feeds whose organisations share none of a section with the viewer's.</summary>
    public IReadOnlyList<string> NotSharedIn(Section section) => section switch
    {
        Section.Demographics => Demographics.NotShared,
        Section.Flags => Flags.NotShared,
        Section.Problems => Problems.NotShared,
        Section.Medicines => Medicines.NotShared,
        Section.Allergies => Allergies.NotShared,
        Section.Results => Results.NotShared,
        Section.NextOfKin => NextOfKin.NotShared,
        Section.Care => CareServices.NotShared,
        Section.Letters => Letters.NotShared,
        Section.Encounters => Encounters.NotShared,
        Section.Immunisations => Immunisations.NotShared,
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };
}

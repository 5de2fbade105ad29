using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// A person whose whereabouts are protected (PDS sensitive flag, or a source's own restriction): nothing that tells where
/// they live, sleep or are visited leaves this room, whoever asks. Letters print addresses, so they are withheld whole.
/// </summary>
internal static class Restriction
{
    internal static RecordView Apply(RecordView view)
    {
        if (!view.Who.IsRestricted)
            return view;
        return view with
        {
            Who = view.Who.WithoutWhereabouts(),
            Demographics = view.Demographics with { Entries = [.. view.Demographics.Entries.Select(WithoutWhereabouts)] },
            NextOfKin = Withhold(view.NextOfKin),
            Carers = Withhold(view.Carers),
            CareServices = Withhold(view.CareServices),
            CareWorkers = Withhold(view.CareWorkers),
            Letters = Withhold(view.Letters),
            Encounters = Withhold(view.Encounters),
            Immunisations = view.Immunisations with { Entries = [.. view.Immunisations.Entries.Select(WithoutPlace)] },
            CareDetails = Withhold(view.CareDetails),
        };
    }

    internal static Entry<Demographics> WithoutWhereabouts(Entry<Demographics> entry) => entry with
    {
        Item = entry.Item with
        {
            Address = null,
            Postcode = null,
            Telephone = null,
            Mobile = null,
            Email = null,
            PracticeCode = null,
            PracticeName = null,
            GpName = null,
        },
    };

    /// <summary>Which surgery gave it tells where they live; that it was given does not.</summary>
    private static Entry<Immunisation> WithoutPlace(Entry<Immunisation> entry) =>
        entry with { Item = entry.Item with { Place = null, GivenBy = null, Organisation = null } };

    private static SectionView<TItem> Withhold<TItem>(SectionView<TItem> section)
        where TItem : Item =>
        section.IsRead ? SectionView<TItem>.Without(section.Section, SectionState.Withheld, section.At) : section;
}

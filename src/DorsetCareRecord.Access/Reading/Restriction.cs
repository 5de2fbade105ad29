using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// A person whose whereabouts are protected (PDS sensitive flag, a source's own restriction, or our list): nothing that tells
/// where they live, sleep or are visited leaves this room, whoever asks and whatever seal is broken. What is about places is
/// withheld whole: contacts, care, encounters, and letters, which print addresses. Of the rest, who sent and wrote it is left
/// out, and their own address, telephones and practice are blotted out of every text.
/// </summary>
internal static class Restriction
{
    internal static RecordView Apply(RecordView view)
    {
        // Who is protected now is protected in the past too: it is today that somebody could come to the door.
        if (!view.Who.IsRestricted && view.Then?.WhoNow.IsRestricted != true)
            return view;
        var blotter = new Blotter(view.Demographics.Entries.Select(entry => entry.Item));
        var names = new Pseudonyms();
        return view with
        {
            Then = view.Then is { } then ? then with { WhoNow = then.WhoNow.WithoutWhereabouts(names.Of), AllergiesSince = [.. then.AllergiesSince.Select(BlotOne)] } : null,
            Who = view.Who.WithoutWhereabouts(names.Of),
            Demographics = view.Demographics with { Entries = [.. view.Demographics.Entries.Select(WithoutWhereabouts).Select(e => e with { Source = names.Of(e.Source) })] },
            Flags = Blot(view.Flags),
            Problems = Blot(view.Problems),
            Medicines = Blot(view.Medicines),
            Allergies = Blot(view.Allergies),
            Results = Blot(view.Results),
            Reports = Blot(view.Reports),
            Immunisations = Blot(view.Immunisations with { Entries = [.. view.Immunisations.Entries.Select(WithoutPlace)] }),
            Notices = Blot(view.Notices),
            NextOfKin = Withhold(view.NextOfKin),
            Carers = Withhold(view.Carers),
            CareServices = Withhold(view.CareServices),
            CareWorkers = Withhold(view.CareWorkers),
            Letters = Withhold(view.Letters),
            Encounters = Withhold(view.Encounters),
            CareDetails = Withhold(view.CareDetails),
        };

        SectionView<TItem> Blot<TItem>(SectionView<TItem> section)
            where TItem : Item =>
            section with { Entries = [.. section.Entries.Select(BlotOne)] };

        Entry<TItem> BlotOne<TItem>(Entry<TItem> entry)
            where TItem : Item =>
            entry with { Source = names.Of(entry.Source), Item = blotter.Blot(entry.Item) };
    }

    internal static Entry<Demographics> WithoutWhereabouts(Entry<Demographics> entry) => entry with
    {
        Item = entry.Item with
        {
            Organisation = null,
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

    /// <summary>Sources told apart without saying which they are: a sending hospital is a place.</summary>
    private sealed class Pseudonyms
    {
        private readonly Dictionary<string, string> _names = [];

        internal string Of(string source)
        {
            if (!_names.TryGetValue(source, out var name))
                _names[source] = name = $"source {(char)('A' + _names.Count % 26)}";
            return name;
        }
    }
}

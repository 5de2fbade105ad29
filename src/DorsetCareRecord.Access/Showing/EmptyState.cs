using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// The five things an empty section can mean (hazard H05), word for word and in this one place. "Recorded as none" can only be made
/// of somebody's <see cref="NilStatement"/>; every other sentence tells the reader not to take the emptiness for an answer.
/// </summary>
public abstract record EmptyState
{
    private EmptyState()
    {
    }

    public abstract string Text { get; }

    /// <summary>What a statement of none is shown as, for Help.</summary>
    public static string Nil(string by, string on) => $"No known allergies — recorded by {by}, {on}";

    /// <summary>In the words of GP Connect's warning (Access Record, list warnings), with how many.</summary>
    public static string Hidden(int count) =>
        $"{count} {(count == 1 ? "item" : "items")} not shown due to confidentiality and/or patient preferences.";

    /// <summary>Somebody looked and said there is none.</summary>
    public sealed record RecordedAsNone(NilStatement Said) : EmptyState
    {
        public override string Text => Nil(Said.By, Said.On);
    }

    public sealed record NothingReceived(Section Section, IReadOnlyCollection<string> Sources) : EmptyState
    {
        public override string Text => $"No {Items(Section)} have been received from {Join(Sources)}. This does not mean there are none.";
    }

    public sealed record NotShared(Section Section, string Source) : EmptyState
    {
        public override string Text => $"{Source} does not share {Items(Section)} with this record.";
    }

    public sealed record Withheld : EmptyState
    {
        public override string Text => "Some items are not shown (patient choice or confidentiality).";
    }

    public sealed record NotForYourRole : EmptyState
    {
        public override string Text => "Not available to your role.";
    }

    /// <summary>The page puts "Try again" after it. Every failure to read, whatever its cause, is this and nothing else.</summary>
    /// <param name="Time">When it was tried, <c>HH:mm</c>.</param>
    public sealed record Unavailable(Section Section, string Time) : EmptyState
    {
        public override string Text => $"Could not load {Items(Section)} at {Time}. Do not assume there are none.";
    }

    /// <summary>What an empty section says: never nothing, and of a page that did not ask no more than that it could not.</summary>
    /// <param name="standings">Where the sources of the section stand.</param>
    /// <param name="hidden">Items that are there and not shown: then nothing may be said of what was not received.</param>
    public static IReadOnlyList<EmptyState> Of(
        Section section, SectionState state, IReadOnlyList<SourceStanding> standings, DateTimeOffset at, int hidden = 0) =>
        state switch
        {
            SectionState.Read when hidden > 0 => [new Withheld()],
            SectionState.NotForYourRole => [new NotForYourRole()],
            SectionState.Withheld => [new Withheld()],
            SectionState.Unavailable or SectionState.NotAsked => [new Unavailable(section, Dates.Clock(at))],
            SectionState.Read =>
            [
                new NothingReceived(section, [.. standings.Where(source => source.Standing != Standing.NotShared).Select(source => source.Name).Order(StringComparer.Ordinal)]), // not by how they stand: that is no news of this section
                .. standings.Where(source => source.Standing == Standing.NotShared).Select(source => new NotShared(section, source.Name)),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    /// <summary>A list in which everything is past: it is not empty, and still says nothing of today.</summary>
    public static string NothingCurrent(Section section) =>
        $"No source lists {Items(section)} as current. This does not mean there are none.";

    /// <summary>What the items of a section are called in a sentence.</summary>
    public static string Items(Section section) => section switch
    {
        Section.Demographics => "personal details",
        Section.Flags => "alerts",
        Section.Problems => "problems or diagnoses",
        Section.Medicines => "medicines",
        Section.Allergies => "allergies",
        Section.Results => "results",
        Section.NextOfKin => "next of kin",
        Section.Care => "carers or care providers",
        Section.Letters => "letters",
        Section.Encounters => "encounters",
        Section.Immunisations => "immunisations",
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };

    private static string Join(IReadOnlyCollection<string> sources) => sources.Count switch
    {
        0 => "any source",
        1 => sources.First(),
        _ => $"{string.Join(", ", sources.SkipLast(1))} or {sources.Last()}",
    };
}

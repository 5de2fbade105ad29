using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// The five things an empty section can mean, word for word and in this one place. "Recorded as none" needs somebody who
/// said so; every other sentence tells the reader not to take the emptiness for an answer.
/// </summary>
public static class EmptyState
{
    public const string Withheld = "Some items are not shown (patient choice or confidentiality).";

    public const string NotForYourRole = "Not available to your role.";

    public static string RecordedAsNone(string source, string date) => $"No known allergies — recorded by {source}, {date}";

    public static string NothingReceived(Section section, IReadOnlyCollection<string> sources) =>
        $"No {Items(section)} have been received from {Join(sources)}. This does not mean there are none.";

    public static string NotShared(Section section, string source) => $"{source} does not share {Items(section)} with this record.";

    /// <summary>The page puts "Try again" after it.</summary>
    public static string Unavailable(Section section, string time) =>
        $"Could not load {Items(section)} at {time}. Do not assume there are none.";

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

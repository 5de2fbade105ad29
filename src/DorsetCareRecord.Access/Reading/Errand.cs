using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// What a viewer came for. It fixes which sections are read, so that a page of letters reads no results; the banner's own
/// (who this is, alerts, allergies, where they are now) go with every errand.
/// </summary>
public sealed record Errand
{
    private static readonly Section[] Banner = [Section.Demographics, Section.Flags, Section.Allergies, Section.Encounters];

    private Errand(Act act, Section[] sections, bool isWhole) =>
        (Act, Sections, IsWhole) = (act, [.. sections.Union(Banner).Order()], isWhole);

    internal Act Act { get; private init; }

    internal IReadOnlyList<Section> Sections { get; }

    /// <summary>Long histories whole, not only their latest.</summary>
    internal bool IsWhole { get; }

    internal Guid? Entry { get; private init; }

    /// <summary>What is looked for; kept in the note and nowhere else.</summary>
    internal string? Searched { get; private init; }

    /// <summary>A person looks, and so ends the newness of what they are shown; a page that refreshes itself does not.</summary>
    internal bool IsLook => Then is null && Act is not (Act.LiveRefresh or Act.OpenMyWork or Act.ToldOfNews);

    /// <summary>What was first said after this counts as new; null for the viewer's own last visit.</summary>
    internal DateTimeOffset? NewsSince { get; private init; }

    /// <summary>The whole record is read, so what is new in all of it can be told.</summary>
    internal bool IsOfEverything => NewsSince is not null || Sections.Count == Enum.GetValues<Section>().Length;

    /// <summary>The moment whose knowledge is asked for; null for now.</summary>
    internal DateTimeOffset? Then { get; private init; }

    public static Errand Summary { get; } = new(Act.View, Enum.GetValues<Section>(), isWhole: false);

    public static Errand Results { get; } = new(Act.View, [Section.Results], isWhole: true);

    public static Errand Medicines { get; } = new(Act.View, [Section.Medicines], isWhole: true);

    /// <summary>Problems and allergies with all that is said of each.</summary>
    public static Errand Problems { get; } = new(Act.View, [Section.Problems, Section.Allergies, Section.Immunisations], isWhole: true);

    /// <summary>Who is around the person, and how to ring them.</summary>
    public static Errand People { get; } = new(Act.View, [Section.NextOfKin, Section.Care], isWhole: true);

    public static Errand Letters { get; } = new(Act.View, [Section.Letters], isWhole: true);

    public static Errand Encounters { get; } = new(Act.View, [Section.Encounters], isWhole: true);

    /// <summary>Everything, by its own times.</summary>
    public static Errand Timeline { get; } = new(Act.View, Enum.GetValues<Section>(), isWhole: true);

    /// <summary>Looking for words in everything, letters and reports included; the note has the words.</summary>
    public static Errand SearchInside(string words) =>
        new(Act.SearchInside, Enum.GetValues<Section>(), isWhole: true) { Searched = words };

    /// <summary>The words of one letter.</summary>
    public static Errand Letter(Guid entry) => new(Act.OpenLetter, [Section.Letters], isWhole: true) { Entry = entry };

    /// <summary>The very file a source sent.</summary>
    public static Errand Original(Guid entry) => new(Act.DownloadLetter, [Section.Letters], isWhole: true) { Entry = entry };

    /// <summary>The words of one report.</summary>
    public static Errand Report(Guid entry) => new(Act.OpenReport, [Section.Results], isWhole: true) { Entry = entry };

    /// <summary>What became of one item, and where each statement of it came from.</summary>
    public static Errand Changes(Section section, Guid entry) => new(Act.OpenChanges, [section], isWhole: true) { Entry = entry };

    /// <summary>How much is new in somebody's record, for the page of one's own work; it does not count as having looked.</summary>
    public static Errand Glance { get; } = new(Act.OpenMyWork, Enum.GetValues<Section>(), isWhole: true);

    /// <summary>What was heard since, for somebody who asked to be told.</summary>
    internal static Errand News(DateTimeOffset since) =>
        new(Act.ToldOfNews, [Section.Results, Section.Encounters], isWhole: true) { NewsSince = since };

    /// <summary>One item, about which something is to be reported.</summary>
    public static Errand Item(Section section, Guid entry) => new(Act.View, [section], isWhole: true) { Entry = entry };

    /// <summary>A problem of one item is reported.</summary>
    public static Errand ReportProblem(Section section, Guid entry) => new(Act.ReportProblem, [section], isWhole: true) { Entry = entry };

    /// <summary>Sections are put on paper.</summary>
    public static Errand Print(IEnumerable<Section> sections) => new(Act.Print, [.. sections], isWhole: true);

    /// <summary>One letter is put on paper.</summary>
    public static Errand PrintLetter(Guid entry) => new(Act.Print, [Section.Letters], isWhole: true) { Entry = entry };

    /// <summary>Sections leave the record as a file.</summary>
    public static Errand Export(IEnumerable<Section> sections) => new(Act.Export, [.. sections], isWhole: true);

    /// <summary>The same of the record as it was known at a moment: what was received later is left out.</summary>
    public Errand AsKnownAt(DateTimeOffset then) => this with { Then = then, Act = Act == Act.View ? Act.ViewAsKnown : Act };

    /// <summary>The same, asked by the open page and not by the person before it.</summary>
    public Errand AsLiveRefresh() => this with { Act = Act.LiveRefresh };
}

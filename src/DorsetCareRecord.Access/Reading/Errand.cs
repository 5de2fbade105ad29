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

    public static Errand Summary { get; } = new(Act.View, Enum.GetValues<Section>(), isWhole: false);

    public static Errand Results { get; } = new(Act.View, [Section.Results], isWhole: true);

    public static Errand Medicines { get; } = new(Act.View, [Section.Medicines], isWhole: true);

    /// <summary>Problems and allergies with all that is said of each.</summary>
    public static Errand Problems { get; } = new(Act.View, [Section.Problems, Section.Allergies, Section.Immunisations], isWhole: true);

    /// <summary>Who is around the person, and how to ring them.</summary>
    public static Errand People { get; } = new(Act.View, [Section.NextOfKin, Section.Care], isWhole: true);

    public static Errand Letters { get; } = new(Act.View, [Section.Letters], isWhole: true);

    public static Errand Encounters { get; } = new(Act.View, [Section.Encounters], isWhole: true);

    /// <summary>The words of one letter.</summary>
    public static Errand Letter(Guid entry) => new(Act.OpenLetter, [Section.Letters], isWhole: true) { Entry = entry };

    /// <summary>The very file a source sent.</summary>
    public static Errand Original(Guid entry) => new(Act.DownloadLetter, [Section.Letters], isWhole: true) { Entry = entry };

    /// <summary>The words of one report.</summary>
    public static Errand Report(Guid entry) => new(Act.OpenReport, [Section.Results], isWhole: true) { Entry = entry };

    /// <summary>The same, asked by the open page and not by the person before it.</summary>
    public Errand AsLiveRefresh() => this with { Act = Act.LiveRefresh };
}

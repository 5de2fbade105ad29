using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Whether a source gives us a section.</summary>
public sealed record Share(string Source, string Name, bool IsShared);

/// <summary>
/// Which sources a reader would expect in a section, and which of them really send it (docs/feeds). So a section can say
/// who was heard, who is late, and who does not share, instead of being silently shorter. Every source whose adapter can make an item of a
/// section is named for it; of two that speak for one hospital in turn (a cutover), <see cref="Completeness"/> names one.
/// </summary>
public static class Shares
{
    private static readonly string[] Hospitals = [SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentricBournemouth, SourceCodes.CareCentric];
    private static readonly string[] Councils = [SourceCodes.SocialCareDorset, SourceCodes.SocialCareBournemouth, SourceCodes.SocialCarePoole];
    private static readonly string[] Health = [.. Hospitals, SourceCodes.Gp];
    private static readonly string[] Everyone = [.. Health, .. Councils];

    public static IReadOnlyList<Share> Of(Section section) => section switch
    {
        Section.Demographics => From(Everyone, Everyone),
        Section.Flags => From(Everyone, Everyone),
        Section.Problems => From(Health, Health),
        Section.Medicines => From(Health, [SourceCodes.Gp, SourceCodes.SystemC]),
        Section.Allergies => From(Health, Health),
        Section.Results => From(Health, Health),
        Section.NextOfKin => From(Everyone, Everyone),
        Section.Care => From([.. Councils, .. Health], [.. Councils, .. Health]),
        Section.Letters => From(Health, Health),
        Section.Encounters => From(Everyone, Everyone),
        Section.Immunisations => From(Health, [SourceCodes.Gp, SourceCodes.SystemC, SourceCodes.CareCentric, SourceCodes.CareCentricBournemouth]),
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };

    /// <summary>How a source is named beside an item.</summary>
    public static string Name(string source) => Dorset.SourceOf(source)?.Short ?? source;

    /// <summary>Where there is little room, as staff of the county say it; a screen reader is given the name.</summary>
    public static string Brief(string source) => source switch
    {
        SourceCodes.SystemC => "DCH",
        SourceCodes.Camis or SourceCodes.CareCentricBournemouth => "RBCH",
        SourceCodes.CareCentric => "Poole",
        SourceCodes.Gp => "GP",
        _ => Name(source),
    };

    private static IReadOnlyList<Share> From(string[] expected, string[] sharing) =>
    [
        .. expected.Select(source => new Share(source, Name(source), sharing.Contains(source))),
    ];
}

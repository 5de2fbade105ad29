namespace DorsetCareRecord.Record.Organisations;

/// <summary>A partner of the record.</summary>
/// <param name="Code">Ours, in lower case; used in accounts and policies.</param>
/// <param name="Ods">ODS code (national organisation code).</param>
/// <param name="Name">In full.</param>
/// <param name="Short">As shown beside an item.</param>
public sealed record Organisation(string Code, string Ods, string Name, string Short);

/// <summary>A feed: which organisation it speaks for and how it is named beside an item.</summary>
/// <param name="Code">Ours; stored with every message and item, so never changed.</param>
/// <param name="OrganisationCode">The partner it belongs to.</param>
/// <param name="System">The sending product.</param>
/// <param name="Short">As shown beside an item.</param>
public sealed record Source(string Code, string OrganisationCode, string System, string Short);

/// <summary>The eight partners and their feeds.</summary>
public static class Dorset
{
    public static IReadOnlyList<Organisation> Organisations { get; } =
    [
        new("dch", "RBD", "Dorset County Hospital NHS Foundation Trust", "Dorset County Hospital"),
        new("rbch", "RDZ", "Royal Bournemouth and Christchurch Hospitals NHS Foundation Trust", "Royal Bournemouth"),
        new("poole", "RD3", "Poole Hospital NHS Foundation Trust", "Poole Hospital"),
        new("dhc", "RDY", "Dorset HealthCare University NHS Foundation Trust", "Dorset HealthCare"),
        new("dcc", "815", "Dorset County Council", "Dorset Council"),
        new("bbc", "810", "Bournemouth Borough Council", "Bournemouth Council"),
        new("bop", "813", "Borough of Poole", "Poole Council"),
        new("ccg", "11J", "NHS Dorset Clinical Commissioning Group", "GP practices"),
    ];

    public static IReadOnlyList<Source> Sources { get; } =
    [
        new(SourceCodes.SystemC, "dch", "System C Medway", "Dorset County Hospital"),
        new(SourceCodes.Camis, "rbch", "EMIS Camis", "Royal Bournemouth"),
        new(SourceCodes.CareCentric, "poole", "Graphnet CareCentric", "Poole Hospital"),
        new(SourceCodes.CareCentricBournemouth, "rbch", "Graphnet CareCentric", "Royal Bournemouth"),
        new(SourceCodes.Gp, "ccg", "GP systems", "GP"),
        new(SourceCodes.SocialCareDorset, "dcc", "Adult and children's social care", "Dorset Council"),
        new(SourceCodes.SocialCareBournemouth, "bbc", "Adult and children's social care", "Bournemouth Council"),
        new(SourceCodes.SocialCarePoole, "bop", "Adult and children's social care", "Poole Council"),
    ];

    public static Source? SourceOf(string code) => Sources.FirstOrDefault(s => s.Code == code);

    public static Organisation? OrganisationOf(string code) => Organisations.FirstOrDefault(o => o.Code == code);
}

/// <summary>The feeds' codes.</summary>
public static class SourceCodes
{
    public const string SystemC = "systemc";
    public const string Camis = "camis";
    public const string CareCentric = "carecentric";
    /// <summary>CareCentric at Bournemouth, which takes Camis's place (docs/feeds/cutover.md): a source of its own, with its own key space.</summary>
    public const string CareCentricBournemouth = "carecentric-rbch";
    public const string Gp = "gp";
    public const string SocialCareDorset = "socialcare-dcc";
    public const string SocialCareBournemouth = "socialcare-bbc";
    public const string SocialCarePoole = "socialcare-bop";
}

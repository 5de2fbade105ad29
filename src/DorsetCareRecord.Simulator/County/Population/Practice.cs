using System.Globalization;

namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>A GP practice: invented name and partners, an ODS code of the county's form.</summary>
internal sealed record Practice(string Ods, string Name, string Council, string[] Districts, string Town, string Telephone,
    IReadOnlyList<Clinician> Partners)
{
    public string Address => $"{Town}, Dorset";
}

/// <param name="Code">GMC number's form for consultants (C and seven digits), GMP's for family doctors (G and seven digits).</param>
internal sealed record Clinician(string Code, string Title, string Forename, string Surname)
{
    public string Named => $"{Title} {Forename} {Surname}";

    public string Formal => $"{Title} {Surname}";
}

internal static class Practices
{
    private static readonly (string Name, string Council, string Town, string[] Districts)[] Sites =
    [
        ("Winton Green Surgery", "bbc", "Bournemouth", ["BH9", "BH10"]),
        ("Shelley Chine Medical Centre", "bbc", "Bournemouth", ["BH5", "BH6"]),
        ("Fisherman's Walk Practice", "bbc", "Bournemouth", ["BH6", "BH5"]),
        ("Queen's Wood Health Centre", "bbc", "Bournemouth", ["BH8"]),
        ("Turbary Park Surgery", "bbc", "Bournemouth", ["BH11", "BH10"]),
        ("Alum Gardens Medical Practice", "bbc", "Bournemouth", ["BH4", "BH8"]),
        ("Old Quay Surgery", "bop", "Poole", ["BH15", "BH17"]),
        ("Constitution Hill Medical Centre", "bop", "Poole", ["BH12", "BH14"]),
        ("Evening Hill Practice", "bop", "Poole", ["BH14", "BH12"]),
        ("Heathland Health Centre", "bop", "Poole", ["BH17", "BH18"]),
        ("Priory Meadow Surgery", "dcc", "Christchurch", ["BH23"]),
        ("Moors Valley Practice", "dcc", "Ferndown", ["BH22", "BH31"]),
        ("Minster Medical Centre", "dcc", "Wimborne", ["BH21"]),
        ("Purbeck Ridge Surgery", "dcc", "Wareham", ["BH20", "BH19"]),
        ("Maumbury Health Centre", "dcc", "Dorchester", ["DT1", "DT2"]),
        ("Fordington Lane Surgery", "dcc", "Dorchester", ["DT1", "DT2"]),
        ("Chesil View Practice", "dcc", "Weymouth", ["DT4", "DT5"]),
        ("Lodmoor Medical Centre", "dcc", "Weymouth", ["DT3", "DT4"]),
        ("Colmer's Hill Surgery", "dcc", "Bridport", ["DT6", "DT7", "DT8"]),
        ("Abbey Pastures Practice", "dcc", "Sherborne", ["DT9", "DT10"]),
        ("Stour Meadows Surgery", "dcc", "Blandford Forum", ["DT11", "DT10"]),
        ("Gold Hill Medical Practice", "dcc", "Shaftesbury", ["SP7", "SP8"]),
    ];

    /// <summary>All practices of the county; the same for every size of population.</summary>
    public static IReadOnlyList<Practice> Of(int seed) =>
    [
        .. Sites.Select((site, i) =>
        {
            var dice = Dice.For(seed, "practice", i);
            var ods = string.Create(CultureInfo.InvariantCulture, $"J819{i + 1:D2}");
            var partners = Enumerable.Range(0, dice.Between(4, 7)).Select(_ => Clinicians.FamilyDoctor(dice)).ToList();
            return new Practice(ods, site.Name, site.Council, site.Districts, site.Town, Telephone.Landline(dice), partners);
        }),
    ];
}

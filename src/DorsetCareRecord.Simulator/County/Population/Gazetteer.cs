namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>A town or a part of one.</summary>
/// <param name="Weight">Its people, in thousands, roughly.</param>
/// <param name="Council">Which of the three councils serves it.</param>
/// <param name="Hospital">The trust its people go to first.</param>
/// <param name="Near">The trust they go to next.</param>
internal sealed record Place(
    string Name, string PostTown, string District, double Weight, string Council, string Hospital, string Near,
        params string[] Streets);

/// <summary>Where people live: true towns and post districts, invented houses.</summary>
internal static class Gazetteer
{
    private static readonly string[] Anywhere =
    [
        "Church Lane", "Mill Lane", "Orchard Close", "Manor Road", "The Green", "Chapel Lane", "Meadow View", "Rectory Close",
        "School Lane", "Station Road", "Elm Close", "Hawthorn Road", "Blackthorn Way", "Jubilee Road", "Long Acre",
            "Rowan Drive",
    ];

    public static IReadOnlyList<Place> Places { get; } =
    [
        new("Winton", "Bournemouth", "BH9", 22, "bbc", "RDZ", "RD3", "Alma Road", "Latimer Road", "Wimborne Road",
            "Frederica Road"),
        new("Boscombe", "Bournemouth", "BH5", 16, "bbc", "RDZ", "RD3", "Sea Road", "Knole Road", "Christchurch Road",
            "Percy Road"),
        new("Southbourne", "Bournemouth", "BH6", 24, "bbc", "RDZ", "RD3", "Belle Vue Road", "Seabourne Road", "Carbery Avenue",
            "Irving Road"),
        new("Charminster", "Bournemouth", "BH8", 26, "bbc", "RDZ", "RD3", "Charminster Avenue", "Malmesbury Park Road",
            "Castle Lane West"),
        new("Kinson", "Bournemouth", "BH11", 28, "bbc", "RDZ", "RD3", "Kinson Road", "Poole Lane", "Columbia Road",
            "Ringwood Road"),
        new("Moordown", "Bournemouth", "BH10", 20, "bbc", "RDZ", "RD3", "Redhill Avenue", "Muscliffe Lane", "Leybourne Avenue"),
        new("Westbourne", "Bournemouth", "BH4", 12, "bbc", "RDZ", "RD3", "Alumhurst Road", "Seamoor Road", "Clarendon Road"),
        new("Poole", "Poole", "BH15", 20, "bop", "RD3", "RDZ", "Longfleet Road", "Market Close", "Lagland Street",
            "Wimborne Road"),
        new("Parkstone", "Poole", "BH12", 26, "bop", "RD3", "RDZ", "Ashley Road", "Library Road", "Bournemouth Road",
            "Rossmore Road"),
        new("Lower Parkstone", "Poole", "BH14", 18, "bop", "RD3", "RDZ", "Sandbanks Road", "Penn Hill Avenue", "Salterns Road"),
        new("Canford Heath", "Poole", "BH17", 20, "bop", "RD3", "RDZ", "Adastral Road", "Culliford Crescent",
            "Sherborn Crescent"),
        new("Broadstone", "Poole", "BH18", 12, "bop", "RD3", "RDZ", "Lower Blandford Road", "York Road", "Clarendon Road"),
        new("Christchurch", "Christchurch", "BH23", 40, "dcc", "RDZ", "RD3", "Barrack Road", "Stour Road", "Mudeford Lane",
            "Somerford Road"),
        new("Ferndown", "Ferndown", "BH22", 24, "dcc", "RDZ", "RD3", "Ringwood Road", "Church Road", "Golf Links Road",
            "Wimborne Road East"),
        new("Verwood", "Verwood", "BH31", 14, "dcc", "RDZ", "RD3", "Manor Road", "Vicarage Road", "Lake Road", "Dewlands Way"),
        new("Wimborne", "Wimborne", "BH21", 22, "dcc", "RD3", "RDZ", "West Borough", "Leigh Road", "Cowgrove Road",
            "Rodways Corner"),
        new("Wareham", "Wareham", "BH20", 10, "dcc", "RD3", "RBD", "North Street", "Bestwall Road", "Carey Road",
            "Worgret Road"),
        new("Swanage", "Swanage", "BH19", 10, "dcc", "RD3", "RBD", "Kings Road West", "Bell Street", "Priests Road",
            "Ulwell Road"),
        new("Dorchester", "Dorchester", "DT1", 20, "dcc", "RBD", "RD3", "Damers Road", "Maiden Castle Road",
            "Prince of Wales Road", "Colliton Street"),
        new("Puddletown", "Dorchester", "DT2", 12, "dcc", "RBD", "RD3", "High Street", "Mill Street", "Athelhampton Road",
            "Brymer Road"),
        new("Weymouth", "Weymouth", "DT4", 34, "dcc", "RBD", "RD3", "Abbotsbury Road", "Chickerell Road",
            "Lanehouse Rocks Road", "Rodwell Road"),
        new("Preston", "Weymouth", "DT3", 18, "dcc", "RBD", "RD3", "Preston Road", "Dorchester Road", "Littlemoor Road",
            "Overcombe Drive"),
        new("Portland", "Portland", "DT5", 13, "dcc", "RBD", "RD3", "Fortuneswell", "Wakeham", "Reforne", "Weston Street"),
        new("Bridport", "Bridport", "DT6", 17, "dcc", "RBD", "RD3", "St Andrews Road", "West Allington", "South Street",
            "Victoria Grove"),
        new("Lyme Regis", "Lyme Regis", "DT7", 4, "dcc", "RBD", "RD3", "Silver Street", "Pound Road", "Uplyme Road"),
        new("Beaminster", "Beaminster", "DT8", 4, "dcc", "RBD", "RD3", "Hogshill Street", "Clay Lane", "East Street"),
        new("Sherborne", "Sherborne", "DT9", 11, "dcc", "RBD", "RD3", "Bradford Road", "Westbury", "Acreman Street",
            "Coldharbour"),
        new("Sturminster Newton", "Sturminster Newton", "DT10", 6, "dcc", "RBD", "RD3", "Bath Road", "Rixon Close",
            "Penny Street"),
        new("Blandford", "Blandford Forum", "DT11", 16, "dcc", "RBD", "RD3", "Salisbury Road", "Milldown Road",
            "Whitecliff Mill Street"),
        new("Shaftesbury", "Shaftesbury", "SP7", 9, "dcc", "RBD", "RD3", "Bell Street", "Bleke Street", "Mampitts Road"),
        new("Gillingham", "Gillingham", "SP8", 13, "dcc", "RBD", "RD3", "Queen Street", "Wyke Road", "Peacemarsh",
            "Addison Close"),
    ];

    public static Address House(Dice dice, Place place)
    {
        var street = dice.Pick(dice.Chance(0.65) ? place.Streets : Anywhere);
        var house = dice.Chance(0.12) ? $"Flat {dice.Between(1, 18)}, {dice.Between(1, 140)}" : $"{dice.Between(1, 180)}";
        var second = place.Name == place.PostTown ? null : place.Name;
        return new Address($"{house} {street}", second, place.PostTown, Postcode(dice, place));
    }

    /// <summary>Inward letters leave out C, I, K, M, O and V, as the Post Office does.</summary>
    public static string Postcode(Dice dice, Place place)
    {
        const string letters = "ABDEFGHJLNPQRSTUWXYZ";
        return $"{place.District} {dice.Between(1, 9)}{letters[dice.Between(0, 19)]}{letters[dice.Between(0, 19)]}";
    }
}

internal sealed record Address(string Line1, string? Line2, string PostTown, string Postcode)
{
    public IEnumerable<string> Lines => new[] { Line1, Line2, PostTown, "Dorset" }.OfType<string>();

    public string OneLine => string.Join(", ", Lines.Append(Postcode));
}

using System.Globalization;

namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>The trusts' books: which know a person, under which number, and with which clerk's slip.</summary>
internal static class Registrations
{
    public const string DorsetCounty = "RBD";
    public const string Bournemouth = "RDZ";
    public const string Poole = "RD3";

    public static IEnumerable<Registration> Of(int seed, Person person, DateOnly today)
    {
        var dice = Dice.For(seed, "registrations", person.Index);
        var age = person.AgeOn(today);
        var place = person.Home.Place;
        var knownAtHome = age switch { < 5 => 0.85, < 30 => 0.62, < 60 => 0.75, < 75 => 0.9, _ => 0.98 };
        var knownNear = age switch { < 30 => 0.1, < 60 => 0.2, < 75 => 0.3, _ => 0.38 };
        string[] others = [DorsetCounty, Bournemouth, Poole];
        foreach (var trust in others)
        {
            var chance = trust == place.Hospital ? knownAtHome : trust == place.Near ? knownNear : 0.05;
            if (dice.Chance(chance))
                yield return Register(dice, person, trust);
        }
    }

    private static Registration Register(Dice dice, Person person, string trust)
    {
        var slip = SlipOf(dice, person);
        return new Registration(
            trust,
            NumberOf(trust, person.Index, second: false),
            person.Forename,
            slip == Slip.FormerSurname ? person.BirthSurname! : person.Surname,
            slip == Slip.WrongBirthDate ? Mistaken(dice, person.Born) : person.Born,
            slip == Slip.NoNhsNumber ? null : person.NhsNumber,
            slip switch
            {
                Slip.NoNhsNumber => dice.Pick(["02", "03"]),
                Slip.FormerSurname or Slip.WrongBirthDate => dice.Pick(["02", "03"]),
                _ => dice.Chance(0.94) ? "01" : "02",
            },
            slip == Slip.RegisteredTwice ? NumberOf(trust, person.Index, second: true) : null,
            slip);
    }

    private static Slip SlipOf(Dice dice, Person person) => dice.Unit() switch
    {
        < 0.012 => Slip.WrongBirthDate,
        < 0.030 => Slip.NoNhsNumber,
        < 0.042 => Slip.RegisteredTwice,
        < 0.070 when person.BirthSurname is not null => Slip.FormerSurname,
        _ => Slip.None,
    };

    private static DateOnly Mistaken(Dice dice, DateOnly born) => born.Day <= 12 && born.Day != born.Month && dice.Chance(0.7)
        ? new DateOnly(born.Year, born.Day, born.Month)
        : born.AddYears(dice.Chance(0.5) ? 1 : -1);

    /// <summary>Each trust's own form of number; unique within the trust.</summary>
    public static string NumberOf(string trust, int index, bool second)
    {
        // Coprime to the range: every person another number, neighbours far apart.
        var scattered = (index * 2L + (second ? 1 : 0)) * 7_654_321L % 9_000_000L;
        return trust switch
        {
            DorsetCounty => string.Create(CultureInfo.InvariantCulture, $"D{scattered + 1_000_000:D7}"),
            Bournemouth => string.Create(CultureInfo.InvariantCulture, $"{scattered + 1_000_000:D7}{"ABCDEFGHJKLMNPQRSTUVWXYZ"[(int)(scattered % 24)]}"),
            Poole => string.Create(CultureInfo.InvariantCulture, $"P{scattered + 1_000_000:D7}"),
            _ => throw new ArgumentOutOfRangeException(nameof(trust)),
        };
    }
}

using System.Globalization;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>One vaccination given, or offered and declined.</summary>
/// <param name="Key">The same for as long as it is the same vaccination.</param>
/// <param name="Code">SNOMED CT; null where the practice has words only.</param>
internal sealed record Vaccination(
    string Key, string Name, string? Code, string Disease, DateOnly On, int Dose, string Batch, DateOnly Expires, string Site, bool IsDeclined);

/// <summary>
/// The routine schedule as a practice's record shows it: childhood by age, influenza each autumn for the old, pneumococcal and
/// shingles once. Dice of its own, so that telling it changes nobody's illness.
/// </summary>
internal static class Vaccinations
{
    /// <summary>Practices' systems hold coded vaccinations since about then.</summary>
    private static readonly DateOnly Coded = new(2001, 1, 1);

    private static readonly (string Name, string? Code, string Disease, int Days, int Dose)[] Childhood =
    [
        ("6-in-1 (DTaP/IPV/Hib/HepB)", null, "Diphtheria, tetanus, pertussis, polio, Hib, hepatitis B", 56, 1),
        ("6-in-1 (DTaP/IPV/Hib/HepB)", null, "Diphtheria, tetanus, pertussis, polio, Hib, hepatitis B", 84, 2),
        ("6-in-1 (DTaP/IPV/Hib/HepB)", null, "Diphtheria, tetanus, pertussis, polio, Hib, hepatitis B", 112, 3),
        ("MMR", "38598009", "Measles, mumps, rubella", 370, 1),
        ("MMR", "38598009", "Measles, mumps, rubella", 1220, 2),
        ("4-in-1 pre-school booster (DTaP/IPV)", null, "Diphtheria, tetanus, pertussis, polio", 1225, 4),
        ("Meningococcal ACWY", null, "Meningococcal disease", 5120, 1),
    ];

    private static readonly (int Age, string Name, string Code, string Disease)[] Once =
        [(65, "Pneumococcal polysaccharide", "12866006", "Pneumococcal disease"), (70, "Shingles", "722215002", "Shingles")];

    public static IEnumerable<Vaccination> Of(int seed, History history, DateOnly until)
    {
        var person = history.Person;
        var dice = Dice.For(seed, "vaccination", person.Index);
        var agrees = dice.Chance(0.9);
        foreach (var (name, code, disease, days, dose) in Childhood)
        {
            var on = person.Born.AddDays(days + dice.Between(0, 40));
            if (on >= Coded && on <= until)
                yield return One(dice, string.Create(CultureInfo.InvariantCulture, $"{name}-{dose}"), name, code, disease, on, dose, isDeclined: !agrees && dice.Chance(0.7));
        }

        for (var year = Math.Max(until.Year - 4, 2001); year <= until.Year; year++)
        {
            var on = new DateOnly(year, 10, 1).AddDays(dice.Between(0, 45));
            if (person.AgeOn(on) >= 65 && on <= until && dice.Chance(0.8))
                yield return One(dice, string.Create(CultureInfo.InvariantCulture, $"flu-{year}"), "Influenza", "86198006", "Influenza", on, 1, isDeclined: !agrees);
        }

        foreach (var (age, name, code, disease) in Once)
        {
            var on = person.Born.AddYears(age).AddDays(dice.Between(20, 200));
            if (on >= Coded && on <= until && dice.Chance(0.75))
                yield return One(dice, code, name, code, disease, on, 1, isDeclined: !agrees && dice.Chance(0.5));
        }
    }

    private static Vaccination One(Dice dice, string key, string name, string? code, string disease, DateOnly on, int dose, bool isDeclined) => new(
        key, name, code, disease, on, dose, string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + dice.Between(0, 25))}{dice.Between(1000, 9999)}"),
        on.AddDays(dice.Between(60, 400)), dice.Pick(["Left deltoid", "Right deltoid", "Left thigh"]), isDeclined);
}

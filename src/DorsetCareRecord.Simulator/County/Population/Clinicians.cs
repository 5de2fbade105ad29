using System.Globalization;

namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>Invented doctors and nurses.</summary>
internal static class Clinicians
{
    public static Clinician FamilyDoctor(Dice dice) => Doctor(dice, 'G', 9, "Dr");

    public static Clinician Consultant(Dice dice, bool surgeon) =>
        Doctor(dice, 'C', dice.Between(3, 7), surgeon ? null : "Dr");

    // Surgeons in this country are Mr, Miss, Ms or Mrs.
    private static Clinician Doctor(Dice dice, char kind, int firstDigit, string? title)
    {
        var sex = dice.Chance(0.5) ? Sex.Female : Sex.Male;
        var community = Names.Community(dice);
        title ??= sex == Sex.Male ? "Mr" : dice.Pick(["Miss", "Ms", "Mrs"]);
        var code = string.Create(CultureInfo.InvariantCulture, $"{kind}{firstDigit}{dice.Between(0, 999_999):D6}");
        var forename = Names.Forename(dice, community, sex, dice.Between(1960, 1992));
        return new Clinician(code, title, forename, Names.ForSex(Names.Surname(dice, community), sex));
    }
}

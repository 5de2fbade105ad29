using System.Globalization;

namespace DorsetCareRecord.Simulator.County.Population;

/// <summary>Numbers that ring nowhere (Ofcom, numbers for use in TV and radio drama).</summary>
internal static class Telephone
{
    public static string Landline(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"01632 960{dice.Between(0, 999):D3}");

    public static string Mobile(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"07700 900{dice.Between(0, 999):D3}");
}

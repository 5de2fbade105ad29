using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// Age as the NHS CUI banner has it (D+Tb-0026 to 0029): days to four weeks, weeks and days to one year, months and days to
/// two years, years and months to eighteen, then years; no space inside a pair, zero units dropped.
/// </summary>
public static class Age
{
    /// <summary>Null when the date of birth is not a whole day, or not before <paramref name="on"/>.</summary>
    public static string? Of(ClinicalDate born, DateOnly on)
    {
        if (born.Precision < DatePrecision.Day || born.DayInLondon > on)
            return null;
        var birthday = born.DayInLondon;
        var months = Months(birthday, on);
        var days = on.DayNumber - birthday.DayNumber;
        return (months, days) switch
        {
            (_, < 28) => $"{days}d",
            ( < 12, _) => Pair(days / 7, "w", days % 7, "d"),
            ( < 24, _) => Pair(months, "m", on.DayNumber - birthday.AddMonths(months).DayNumber, "d"),
            ( < 18 * 12, _) => Pair(months / 12, "y", months % 12, "m"),
            _ => $"{months / 12}y",
        };
    }

    private static int Months(DateOnly from, DateOnly to)
    {
        var months = (to.Year - from.Year) * 12 + to.Month - from.Month;
        return from.AddMonths(months) > to ? months - 1 : months;
    }

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit} {small}{smallUnit}";
}

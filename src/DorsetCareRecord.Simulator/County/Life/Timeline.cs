using DorsetCareRecord.Simulator.County.Hospital;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>When what happens in an episode of hospital care.</summary>
/// <param name="Left">Null while the patient is still there.</param>
/// <param name="Cultured">When microbiology reports, which takes two days.</param>
internal sealed record Timeline(
    DateTime Arrived, DateTime BloodsTaken, DateTime BloodsReported, DateTime Pictured, DateTime LeftDepartment, DateTime? Moved,
    DateTime? Rechecked, DateTime? Left, DateTime Letter, DateTime Cultured)
{
    /// <summary>As it goes in hospitals: hours in the department, days on the ward.</summary>
    public static Timeline True(Dice dice, AcuteCase reason, DateTime arrived, bool admitted, bool stillThere)
    {
        var bloods = arrived.AddMinutes(dice.Between(18, 55));
        var left = arrived.AddMinutes(dice.Between(120, 290));
        var days = dice.Between(reason.Days.Least, reason.Days.Most);
        var home = reason.IsDayCase ? arrived.AddHours(dice.Between(4, 7)) : dice.TimeOn(DateOnly.FromDateTime(arrived).AddDays(days), 11, 18);
        if (home < left.AddHours(3))
            home = left.AddHours(5);
        return new Timeline(
            arrived,
            bloods,
            bloods.AddMinutes(dice.Between(45, 90)),
            arrived.AddMinutes(dice.Between(60, 110)),
            left,
            admitted && !reason.IsElective && days > 1 ? left.AddHours(dice.Between(8, 20)) : null,
            admitted && days > 1 ? home.Date.AddHours(8).AddMinutes(dice.Between(0, 50)) : null,
            stillThere ? null : admitted ? home : left,
            (admitted ? home : left).AddMinutes(dice.Between(10, 150)),
            bloods.AddHours(dice.Between(40, 60)));
    }

    /// <summary>The same within minutes, for a county that is watched: hospital time runs fast there.</summary>
    public static Timeline Brisk(Dice dice, DateTime arrived, bool admitted)
    {
        DateTime At(int least, int most) => arrived.AddSeconds(dice.Between(least, most));
        return new Timeline(
            arrived,
            At(20, 30),
            At(45, 90),
            At(60, 120),
            At(150, 210),
            admitted ? At(260, 330) : null,
            admitted ? At(400, 460) : null,
            admitted ? At(560, 640) : At(150, 210),
            admitted ? At(650, 680) : At(215, 240),
            At(340, 390));
    }
}

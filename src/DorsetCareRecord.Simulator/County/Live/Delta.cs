using System.Globalization;
using DorsetCareRecord.Simulator.County.Care;
using DorsetCareRecord.Simulator.County.Life;

namespace DorsetCareRecord.Simulator.County.Live;

/// <summary>What changed at a council since its last extract: a few people with a new referral.</summary>
internal static class Delta
{
    private static readonly (string Code, string Source, string Reason)[] Reasons =
    [
        ("HOSP", "Secondary health", "Hospital discharge, review of package"),
        ("GP", "Primary health", "Carer under strain"),
        ("FAM", "Family or friend", "Help with personal care"),
        ("AMB", "Ambulance service", "Fall at home"),
    ];

    public static IEnumerable<History> Of(int seed, long number, string council, IReadOnlyList<History> inCare, DateTime now)
    {
        var dice = Dice.For(seed, "delta", number);
        var own = inCare.Where(history => history.Council is { Child: null } record && record.Council == council).ToList();
        for (var left = Math.Min(own.Count, dice.Between(2, 5)); left > 0; left--)
        {
            var history = dice.Pick(own);
            own.Remove(history);
            var known = history.Council!;
            var (code, source, reason) = dice.Pick(Reasons);
            var id = string.Create(CultureInfo.InvariantCulture, $"{known.PersonId}-n{number}");
            var team = known.Involvements is [var worker, ..] ? worker.Team : "Contact Centre";
            var referral = new Referral(id, now.AddMinutes(-dice.Between(5, 300)), code, source, reason, team, "open", null, null);
            yield return new History(history.Person, history.Physiology) { Council = known with { Referrals = [.. known.Referrals, referral] } };
        }
    }
}

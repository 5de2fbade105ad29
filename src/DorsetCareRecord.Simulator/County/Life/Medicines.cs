using DorsetCareRecord.Simulator.County.Hospital;
using DorsetCareRecord.Simulator.County.Illness;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>Carries a hospital's changes over to the GP's list, as a practice does when the letter comes.</summary>
internal static class Medicines
{
    /// <returns>The changes in words, as the discharge letter states them.</returns>
    public static IReadOnlyList<string> Change(History history, AcuteCase reason, DateOnly day, Dice dice)
    {
        var told = new List<string>();
        foreach (var change in reason.Changes)
        {
            if (history.Safe(change.Drug, change.Otherwise) is not { } drug)
                continue;
            var already = OnRepeat(history, drug, day);
            if (change.Act == "started" && already?.Started <= day)
                continue;
            if (already is not null)
                history.Medications.Remove(already);
            if (already?.Started < day)
                history.Medications.Add(already with { Ended = day });
            var act = change.Act == "changed" && already?.Started < day ? "Changed" : "Started";
            told.Add($"{act}: {drug.Name}. {drug.Direction}. {char.ToUpperInvariant(change.Why[0])}{change.Why[1..]}.");
            history.Medications.Add(new Medication(
                $"med-{day:yyyyMMdd}-{told.Count}", drug, !change.IsShort, day, change.IsShort ? day.AddDays(dice.Between(5, 28)) : null, day, reason.Diagnosis));
        }

        return told;
    }

    /// <summary>The same substance on repeat, whatever its strength; one that would be begun later counts, and is then begun now.</summary>
    private static Medication? OnRepeat(History history, Drug drug, DateOnly day) => history.Medications.FirstOrDefault(medication =>
        medication.IsRepeat && medication.Drug.SameSubstanceAs(drug) && (medication.Ended is null || medication.Ended > day));
}

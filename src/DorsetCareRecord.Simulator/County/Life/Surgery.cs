using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>What happens in a GP's surgery, and what is measured there.</summary>
internal static class Surgery
{
    /// <summary>Adds a consultation with its measurements, a passing problem and a course of medicine where one is given.</summary>
    public static Consultation Consult(History history, DateTime at, string key, Dice dice)
    {
        var day = DateOnly.FromDateTime(at);
        var age = history.Person.AgeOn(day);
        var reason = GpReasons.Pick(dice, history.Person, age);
        var kind = reason.CanBeByTelephone && dice.Chance(0.5) ? "Telephone consultation" : "Surgery consultation";
        var consultation = new Consultation(
            key, at, history.Person.Doctor, kind, reason.Reason, reason.Notes,
                kind[0] == 'T' ? [] : [.. Readings(history, at, key, age, dice)]);
        history.Consultations.Add(consultation);
        if (reason.Code is not null)
            history.Problems.Add(new ProblemEntry($"{key}-problem", reason.Reason, reason.Code, IsMajor: false, day, day.AddDays(dice.Between(7, 28)), null));
        if (history.Safe(reason.Drug, reason.Otherwise) is { } drug && (reason.Drug is not null))
            history.Medications.Add(new Medication($"{key}-med", drug, IsRepeat: false, day, day.AddDays(dice.Between(5, 14)), day, reason.Reason));
        return consultation;
    }

    private static IEnumerable<Reading> Readings(History history, DateTime at, string key, int age, Dice dice)
    {
        Reading One(string name, string term, string? code, double value, string unit, double? second = null, string? text = null) =>
            new($"{key}-{name}", at, term, code, value, second, unit, text);

        if (age >= 18 && dice.Chance(age > 50 ? 0.75 : 0.35))
        {
            var raised = history.Sufferings.Any(s => s.Ailment.Key == "hypertension") ? 9 : 0;
            yield return One("bp", "Blood pressure", "75367002", dice.Between(112, 138) + raised, "mm[Hg]",
                dice.Between(64, 84) + raised / 2);
        }

        if (age >= 18 && dice.Chance(0.4))
        {
            var own = Dice.For(history.Person.Index, "body");
            var height = Math.Round(own.Normal(history.Person.Sex == Sex.Female ? 162 : 176, 7), 0);
            var weight = Math.Round(own.Normal(history.Sufferings.Any(s => s.Ailment.Key == "obesity") ? 32.5 : 25.5, 2.4) * height * height / 10_000 + dice.Between(-2.0, 2.0), 1);
            yield return One("weight", "Body weight", "27113001", weight, "kg");
            yield return One("bmi", "Body mass index", "60621009", Math.Round(weight / (height * height / 10_000), 1), "kg/m2");
        }

        if (history.Sufferings.Any(s => s.Ailment.Key is "asthma") && dice.Chance(0.4))
            yield return One("pef", "Peak expiratory flow rate", "18491006", dice.Between(28, 52) * 10, "L/min");
        if (history.Sufferings.Any(s => s.Ailment.Key is "copd" or "heart failure") && dice.Chance(0.6))
            yield return One("sats", "Peripheral oxygen saturation", "431314004", dice.Between(91, 97), "%");
        if (age is >= 18 and < 85 && dice.Chance(0.2))
        {
            var own = Dice.For(history.Person.Index, "smoking").Unit();
            yield return own switch
            {
                < 0.13 => One("smoking", "Smoker", "77176002", double.NaN, "", text: "Current smoker, 10 a day"),
                < 0.42 => One("smoking", "Ex-smoker", "8517006", double.NaN, "", text: "Ex-smoker"),
                _ => One("smoking", "Never smoked tobacco", "266919005", double.NaN, "", text: "Never smoked"),
            };
        }
    }

    /// <summary>Puts the medicines of a lasting condition on repeat.</summary>
    public static void Repeats(History history, Suffering suffering, Dice dice, DateOnly today)
    {
        foreach (var (share, oneOf) in suffering.Ailment.Treatment)
        {
            if (!dice.Chance(share))
                continue;
            var first = dice.Pick(oneOf);
            if (history.Safe([first, .. oneOf]) is not { } drug || history.Medications.Any(medication => medication.Drug.SameSubstanceAs(drug)))
                continue;
            var later = suffering.Since.AddDays(dice.Between(0, 500));
            var started = later < today ? later : suffering.Since;
            history.Medications.Add(new Medication(
                $"med-{history.Medications.Count + 1}", drug, IsRepeat: true, started, null, Later(started, today.AddDays(-dice.Between(1, 34))), suffering.Ailment.Term));
        }
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

using DorsetCareRecord.Simulator.County.Illness;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Laboratory;

/// <summary>
/// What a person's blood would show on a day: their own usual value, moved by their ailments over the years, by the crisis
/// of the moment, and a little by chance. So a line of results over the years tells one story.
/// </summary>
internal sealed class Physiology(int seed, Person person, IReadOnlyList<Suffering> sufferings)
{
    private readonly Dictionary<string, double> _own = [];

    public IReadOnlyList<LabValue> Run(Panel panel, DateTime at, IReadOnlyDictionary<string, double>? crisis, double acuteness, Dice dice)
    {
        var day = DateOnly.FromDateTime(at);
        var numbers = new Dictionary<string, double>();
        foreach (var analyte in panel.Analytes)
            numbers[analyte.Key] = Value(analyte, day, crisis, acuteness, dice);
        Reconcile(numbers, person.AgeOn(day));
        return [.. panel.Analytes.Select(analyte => LabValue.Of(analyte, numbers[analyte.Key], person.Sex))];
    }

    private double Value(Analyte analyte, DateOnly day, IReadOnlyDictionary<string, double>? crisis, double acuteness, Dice dice)
    {
        var value = Own(analyte);
        foreach (var suffering in sufferings)
        {
            if (suffering.Since > day)
                continue;
            foreach (var (key, atOnce, perYear) in suffering.Ailment.Effects)
            {
                if (key == analyte.Key)
                    value += atOnce + perYear * suffering.YearsOn(day);
            }
        }

        if (crisis is not null && crisis.TryGetValue(analyte.Key, out var shift))
            value += shift * acuteness;
        return Math.Max(analyte.Usual * 0.05, value + dice.Normal(0, analyte.Spread * 0.22));
    }

    private double Own(Analyte analyte)
    {
        if (_own.TryGetValue(analyte.Key, out var own))
            return own;
        own = analyte.Usual + Dice.For(seed, analyte.Key, person.Index).Normal(0, analyte.Spread * 0.75);
        if (person.Sex == Sex.Male && analyte.MaleLow is { } men && analyte.Low is { } women)
            own += ((analyte.MaleHigh ?? 0) - (analyte.High ?? 0) + men - women) / 2 * (analyte.MaleHigh is null ? 0 : 1);
        return _own[analyte.Key] = own;
    }

    // Values that follow from others: a report whose parts contradict each other would not be believed.
    private void Reconcile(Dictionary<string, double> numbers, int age)
    {
        if (numbers.TryGetValue("CREA", out var creatinine))
        {
            if (age < 16)
                numbers["CREA"] = creatinine = 22 + age * 2.4;
            numbers["EGFR"] = FilterRate(creatinine / 88.4, age);
        }

        if (numbers.TryGetValue("HB", out var haemoglobin))
        {
            var volume = numbers["MCV"];
            numbers["HCT"] = haemoglobin / 332;
            numbers["RBC"] = haemoglobin / 332 / volume * 1000;
            numbers["MCH"] = volume * 0.332;
            numbers["NEUT"] = Math.Max(0.3, numbers["WBC"] - numbers["LYMPH"] - numbers["EOS"] - 0.55);
        }

        if (numbers.TryGetValue("CHOL", out var cholesterol))
        {
            numbers["HDL"] = Math.Min(numbers["HDL"], cholesterol - 1);
            numbers["NHDL"] = cholesterol - numbers["HDL"];
        }
    }

    /// <summary>CKD-EPI 2009 without ethnicity (NICE NG203), from creatinine in mg/dL.</summary>
    private double FilterRate(double creatinine, int age)
    {
        var (kappa, alpha, sexFactor) = person.Sex == Sex.Female ? (0.7, -0.329, 1.018) : (0.9, -0.411, 1.0);
        var ratio = creatinine / kappa;
        return 141 * Math.Pow(Math.Min(ratio, 1), alpha) * Math.Pow(Math.Max(ratio, 1), -1.209) * Math.Pow(0.993, age) * sexFactor;
    }
}

using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Illness;

/// <summary>What somebody must not be given, or that they said there is nothing.</summary>
/// <param name="Substance">As the GP record names it.</param>
/// <param name="Code">SNOMED CT; null where it was written in words only.</param>
/// <param name="Hl7Type">AL1-2, table 0127: DA drug, FA food, MA miscellaneous.</param>
/// <param name="Avoid">The family of medicines that follows from it.</param>
internal sealed record Allergen(string Substance, string? Code, string Hl7Type, string? Avoid, double Share,
    params Reaction[] Reactions);

/// <param name="Severity">mild, moderate, severe (FHIR AllergyIntolerance.reaction.severity).</param>
internal sealed record Reaction(string Term, string? Code, string Severity);

/// <summary>An entry of a person's allergy list; without an allergen it is the positive statement that none is known.</summary>
internal sealed record AllergyEntry(string Key, Allergen? Allergen, Reaction? Reaction, DateOnly Recorded, bool IsConfirmed,
    DateOnly? Ended)
{
    public string Substance => Allergen?.Substance ?? "No known allergies";

    public string? Code => Allergen is null ? "716186003" : Allergen.Code;

    public bool IsNone => Allergen is null;
}

internal static class Allergies
{
    private static readonly Reaction Rash = new("Eruption of skin", "271807003", "mild");
    private static readonly Reaction Hives = new("Urticaria", "126485001", "moderate");
    private static readonly Reaction Anaphylaxis = new("Anaphylaxis", "39579001", "severe");
    private static readonly Reaction Vomiting = new("Vomiting", "422400008", "mild");
    private static readonly Reaction Nausea = new("Nausea", "422587007", "mild");
    private static readonly Reaction Swelling = new("Angioedema", "41291007", "severe");
    private static readonly Reaction Wheeze = new("Wheezing", "56018004", "moderate");
    private static readonly Reaction Diarrhoea = new("Diarrhoea", "62315008", "mild");
    private static readonly Reaction MuscleAche = new("Muscle pain", "68962001", "moderate");
    private static readonly Reaction Cough = new("Cough", "49727002", "mild");

    private static readonly Allergen[] All =
    [
        new("Allergy to penicillin", "91936005", "DA", "penicillin", 7, Rash, Rash, Hives, Anaphylaxis, Swelling),
        new("Allergy to aspirin", "293586001", "DA", "aspirin", 1, Wheeze, Hives),
        new("Non-steroidal anti-inflammatory drugs", null, "DA", "NSAID", 1.5, Wheeze, Nausea),
        new("Erythromycin adverse reaction", "419056004", "DA", "macrolide", 1.2, Vomiting, Diarrhoea),
        new("Trimethoprim", null, "DA", "trimethoprim", 1, Rash),
        new("Codeine", null, "DA", "opioid", 1.6, Nausea, Vomiting),
        new("Ramipril", null, "DA", "ACE inhibitor", 1.3, Cough, Swelling),
        new("Statins", null, "DA", "statin", 1, MuscleAche),
        new("Allergy to latex", "300916003", "MA", null, 0.6, Hives, Rash),
        new("Allergy to peanut", "91935009", "FA", null, 0.9, Anaphylaxis, Hives, Swelling),
        new("Allergy to eggs", "91930004", "FA", null, 0.3, Hives, Vomiting),
        new("Elastoplast", null, "MA", null, 0.8, Rash),
    ];

    public static IEnumerable<AllergyEntry> Of(Dice dice, Person person, DateOnly today)
    {
        var age = person.AgeOn(today);
        var atLeastOne = dice.Chance(age switch { < 5 => 0.05, < 18 => 0.1, < 50 => 0.17, < 70 => 0.24, _ => 0.3 });
        if (!atLeastOne)
        {
            if (dice.Chance(0.6))
                yield return new AllergyEntry("none", null, null, DayOf(dice, person, today), IsConfirmed: true, Ended: null);
            yield break;
        }

        var seen = new HashSet<string>();
        for (var left = dice.Chance(0.25) ? 2 : 1; left > 0; left--)
        {
            var allergen = dice.Weighted(All, candidate => candidate.Share);
            if (!seen.Add(allergen.Substance) || (allergen.Avoid is "ACE inhibitor" or "statin" && age < 45))
                continue;
            var recorded = DayOf(dice, person, today);

            // A label taken off again after testing is kept on the ended list.
            DateOnly? ended = allergen.Avoid == "penicillin" && dice.Chance(0.06) ? recorded.AddDays((today.DayNumber - recorded.DayNumber) / 2) : null;
            yield return new AllergyEntry(
                $"allergy-{seen.Count}", allergen, dice.Chance(0.88) ? dice.Pick(allergen.Reactions) : null, recorded, dice.Chance(0.7), ended);
        }
    }

    private static DateOnly DayOf(Dice dice, Person person, DateOnly today)
    {
        var lived = Math.Max(1, today.DayNumber - person.Born.DayNumber);
        return today.AddDays(-dice.Between(1, Math.Min(lived, 30 * 365)));
    }
}

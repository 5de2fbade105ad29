using DorsetCareRecord.Simulator.County.Population;
using static DorsetCareRecord.Simulator.County.Illness.Formulary;

namespace DorsetCareRecord.Simulator.County.Life;

/// <summary>Why people see their GP on an ordinary day.</summary>
/// <param name="Notes">What the doctor writes.</param>
/// <param name="Drug">Prescribed for a course; the second instead where the first is not safe.</param>
/// <param name="Code">SNOMED CT of a minor, passing problem; null for none.</param>
internal sealed record GpReason(
    string Reason, string Notes, int FromAge, int UntilAge, double Weight, Illness.Drug? Drug = null,
        Illness.Drug? Otherwise = null, string? Code = null, Sex? Only = null)
{
    /// <summary>Nothing in it was examined.</summary>
    public bool CanBeByTelephone => Reason is "Medication review" or "Travel advice" or "Low mood" or "Contraception review";
}

internal static class GpReasons
{
    public static IReadOnlyList<GpReason> All { get; } =
    [
        new("Upper respiratory infection",
            "Cough and sore throat for four days. Chest clear, no fever. Self-care advice; come back if worse after ten days.",
            1, 110, 10, Code: "54150009"),
        new("Urinary tract infection",
            "Dysuria and frequency for two days, no loin pain, no fever. Dipstick positive for nitrites and leucocytes.", 17,
            100, 5, Nitrofurantoin, Trimethoprim, "68566005", Sex.Female),
        new("Otitis media", "Ear pain and fever overnight. Bulging red drum. Delayed prescription discussed.", 1, 11, 7,
            AmoxicillinChild, ClarithromycinChild, "65363002"),
        new("Low back pain",
            "Mechanical low back pain for two weeks after gardening, no red flags. Keep active; analgesia as needed.", 20, 85,
            7, Paracetamol, Code: "279039007"),
        new("Lower respiratory tract infection",
            "Productive cough and fever for a week. Crackles at one base, saturation 96%, not unwell. CRB-65 score 0.", 25, 95,
            4, Amoxicillin, Doxycycline, "50417007"),
        new("Infected skin lesion", "Spreading redness around an insect bite, no systemic upset. Margin marked.", 5, 90, 3,
            Flucloxacillin, Doxycycline),
        new("Medication review",
            "Repeat medicines reviewed, taken as directed. Blood tests up to date. Reauthorised for six months.", 45, 105, 12),
        new("Blood pressure check", "Seen by nurse. Home readings reviewed; no change today.", 40, 95, 8),
        new("Fatigue", "Tired for two months. Sleep poor, mood fair. Examination normal. Bloods arranged.", 18, 90, 5,
            Code: "84229001"),
        new("Knee pain", "Pain on stairs, no locking. Crepitus, no effusion. Exercises given.", 35, 90, 5, Code: "30989003"),
        new("Rash", "Itchy patches in the elbow creases. Emollient regime explained.", 1, 70, 5, Zerobase),
        new("Low mood",
            "Low for some weeks after bereavement. Sleeping and eating. No thoughts of self-harm on asking. Talking "
                + "therapy self-referral given; review in three weeks.",
            18, 95, 4),
        new("Contraception review", "Happy with current method, no migraine, no new risk factors.", 16, 45, 4, Desogestrel,
            Only: Sex.Female),
        new("Baby check", "Six to eight week check. Feeding well, growth along the centile, hips stable, red reflexes present.",
            0, 0, 30),
        new("Childhood immunisation", "Well today. Consent from parent. Vaccines given by the nurse as scheduled.", 0, 5, 12),
        new("Seasonal influenza vaccination", "Given in left deltoid. No contraindication.", 65, 110, 9),
        new("Travel advice", "Travelling in the spring. Vaccine history checked.", 18, 75, 1.5),
        new("Frailty review",
            "Clinical frailty score 5. Walks with a frame. Anticipatory care plan discussed with patient and family.", 80, 110,
            8),
    ];

    public static GpReason Pick(Dice dice, Person person, int age) => dice.Weighted(
        [.. All.Where(reason => age >= reason.FromAge && age <= reason.UntilAge && (reason.Only is null || reason.Only == person.Sex))],
        reason => reason.Weight);
}

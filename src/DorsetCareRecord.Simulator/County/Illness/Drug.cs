namespace DorsetCareRecord.Simulator.County.Illness;

/// <summary>A medicine as the NHS dictionary of medicines and devices names it (name, strength, form in one), with its usual direction.</summary>
/// <param name="Name">The dm+d name of the virtual product.</param>
/// <param name="Direction">What the label says.</param>
/// <param name="Quantity">Of one issue.</param>
/// <param name="Family">What somebody may be allergic to or must avoid, in one word; null where it does not matter here.</param>
/// <param name="Code">dm+d code, only where it was checked against a published example; else the name alone is sent.</param>
internal sealed record Drug(string Name, string Direction, string Quantity, string? Family = null, string? Code = null)
{
    /// <summary>The name up to its strength.</summary>
    public string Substance => Name[..(Name.AsSpan().IndexOfAnyInRange('0', '9') is var strength and > 0 ? strength : Name.Length)].Trim();

    /// <summary>Whatever strength or form.</summary>
    public bool SameSubstanceAs(Drug other) => Substance == other.Substance;
}

internal static class Formulary
{
    public static readonly Drug Metformin = new("Metformin 500mg tablets", "Take ONE tablet TWICE a day with or after food",
        "56 tablets");
    public static readonly Drug MetforminFull = new("Metformin 1g modified-release tablets",
        "Take TWO tablets ONCE a day with the evening meal", "56 tablets");
    public static readonly Drug Gliclazide = new("Gliclazide 30mg modified-release tablets",
        "Take TWO tablets ONCE a day with breakfast", "56 tablets", null, "38896211000001104");
    public static readonly Drug Empagliflozin = new("Empagliflozin 10mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Glargine = new("Insulin glargine 100units/ml solution for injection 3ml pre-filled disposable devices",
        "Inject 18 units under the skin ONCE a day at bedtime", "5 pre-filled disposable devices", null, "38897011000001107");
    public static readonly Drug Aspart = new("Insulin aspart 100units/ml solution for injection 3ml pre-filled disposable devices",
        "Inject under the skin THREE times a day with meals, dose by carbohydrate count", "5 pre-filled disposable devices");
    public static readonly Drug Atorvastatin20 = new("Atorvastatin 20mg tablets", "Take ONE tablet ONCE a day", "28 tablets",
        "statin");
    public static readonly Drug Atorvastatin80 = new("Atorvastatin 80mg tablets", "Take ONE tablet ONCE a day", "28 tablets",
        "statin");
    public static readonly Drug Ezetimibe = new("Ezetimibe 10mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Ramipril = new("Ramipril 5mg capsules", "Take ONE capsule ONCE a day", "28 capsules",
        "ACE inhibitor");
    public static readonly Drug Losartan = new("Losartan 50mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Amlodipine = new("Amlodipine 5mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Indapamide = new("Indapamide 2.5mg tablets", "Take ONE tablet ONCE a day in the morning",
        "28 tablets");
    public static readonly Drug Doxazosin = new("Doxazosin 4mg tablets", "Take ONE tablet ONCE a day", "28 tablets", null,
        "318783003");
    public static readonly Drug Bisoprolol = new("Bisoprolol 2.5mg tablets", "Take ONE tablet ONCE a day in the morning",
        "28 tablets", "beta blocker");
    public static readonly Drug Furosemide = new("Furosemide 40mg tablets", "Take ONE tablet ONCE a day in the morning",
        "28 tablets");
    public static readonly Drug Spironolactone = new("Spironolactone 25mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Apixaban = new("Apixaban 5mg tablets", "Take ONE tablet TWICE a day", "56 tablets",
        "anticoagulant");
    public static readonly Drug Warfarin = new("Warfarin 3mg tablets",
        "Take as directed by the anticoagulation clinic; see yellow book", "28 tablets", "anticoagulant");
    public static readonly Drug Digoxin = new("Digoxin 125microgram tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Aspirin = new("Aspirin 75mg tablets", "Take ONE tablet ONCE a day with or after food",
        "28 tablets", "aspirin", "319775004");
    public static readonly Drug Clopidogrel = new("Clopidogrel 75mg tablets", "Take ONE tablet ONCE a day", "28 tablets",
        "antiplatelet");
    public static readonly Drug GtnSpray = new("Glyceryl trinitrate 400micrograms/dose pump sublingual spray",
        "ONE or TWO sprays under the tongue when required for chest pain", "180 dose");
    public static readonly Drug Salbutamol = new("Salbutamol 100micrograms/dose inhaler CFC free",
        "Inhale TWO puffs up to FOUR times a day when required", "200 dose");
    public static readonly Drug Beclometasone = new("Clenil Modulite 100micrograms/dose inhaler (Chiesi Ltd)",
        "Inhale TWO puffs TWICE a day", "200 dose");
    public static readonly Drug Fostair = new("Fostair 100micrograms/dose / 6micrograms/dose inhaler (Chiesi Ltd)",
        "Inhale TWO puffs TWICE a day", "120 dose");
    public static readonly Drug Tiotropium = new("Tiotropium bromide 18microgram inhalation powder capsules",
        "Inhale the contents of ONE capsule ONCE a day", "30 capsules");
    public static readonly Drug Levothyroxine = new("Levothyroxine sodium 100microgram tablets",
        "Take ONE tablet ONCE a day, at least 30 minutes before breakfast", "28 tablets");
    public static readonly Drug Sertraline = new("Sertraline 50mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Citalopram = new("Citalopram 20mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Mirtazapine = new("Mirtazapine 15mg tablets", "Take ONE tablet at NIGHT", "28 tablets");
    public static readonly Drug Donepezil = new("Donepezil 10mg tablets", "Take ONE tablet at NIGHT", "28 tablets");
    public static readonly Drug Memantine = new("Memantine 10mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Omeprazole = new("Omeprazole 20mg gastro-resistant capsules",
        "Take ONE capsule ONCE a day before food", "28 capsules", null, "317291008");
    public static readonly Drug Alendronate = new("Alendronic acid 70mg tablets",
        "Take ONE tablet ONCE a WEEK, on waking, with a full glass of water; stay upright for 30 minutes", "4 tablets");
    public static readonly Drug CalciumD = new("Calcium carbonate 1.5g / Colecalciferol 10microgram chewable tablets",
        "Chew ONE tablet TWICE a day", "56 tablets");
    public static readonly Drug Allopurinol = new("Allopurinol 300mg tablets", "Take ONE tablet ONCE a day after food",
        "28 tablets", null, "330062008");
    public static readonly Drug Colchicine = new("Colchicine 500microgram tablets",
        "Take ONE tablet TWICE a day for up to 6 days during an attack", "12 tablets");
    public static readonly Drug Paracetamol = new("Paracetamol 500mg tablets",
        "Take ONE or TWO tablets up to FOUR times a day when required", "100 tablets");
    public static readonly Drug CoCodamol = new("Co-codamol 30mg/500mg tablets",
        "Take ONE or TWO tablets up to FOUR times a day when required", "100 tablets", "opioid");
    public static readonly Drug Naproxen = new("Naproxen 500mg tablets", "Take ONE tablet TWICE a day with or after food",
        "56 tablets", "NSAID");
    public static readonly Drug Tamsulosin = new("Tamsulosin 400microgram modified-release capsules",
        "Take ONE capsule ONCE a day", "30 capsules");
    public static readonly Drug Finasteride = new("Finasteride 5mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Sumatriptan = new("Sumatriptan 50mg tablets",
        "Take ONE tablet at onset of migraine; may be repeated after 2 hours", "6 tablets");
    public static readonly Drug Levetiracetam = new("Levetiracetam 500mg tablets", "Take ONE tablet TWICE a day", "60 tablets");
    public static readonly Drug Methotrexate = new("Methotrexate 2.5mg tablets",
        "Take SIX tablets (15mg) ONCE a WEEK on MONDAY", "24 tablets");
    public static readonly Drug FolicAcidWeekly = new("Folic acid 5mg tablets", "Take ONE tablet ONCE a WEEK on THURSDAY",
        "4 tablets");
    public static readonly Drug FolicAcidPregnancy = new("Folic acid 400microgram tablets",
        "Take ONE tablet ONCE a day until the twelfth week of pregnancy", "90 tablets");
    public static readonly Drug FerrousFumarate = new("Ferrous fumarate 210mg tablets", "Take ONE tablet ONCE a day",
        "84 tablets");
    public static readonly Drug Letrozole = new("Letrozole 2.5mg tablets", "Take ONE tablet ONCE a day", "28 tablets");
    public static readonly Drug Goserelin = new("Goserelin 10.8mg implant pre-filled syringes",
        "One implant under the skin every 12 weeks, given by the nurse", "1 pre-filled disposable injection");
    public static readonly Drug CoCareldopa = new("Co-careldopa 25mg/100mg tablets",
        "Take ONE tablet THREE times a day, on time", "84 tablets");
    public static readonly Drug Methylphenidate = new("Methylphenidate 18mg modified-release tablets",
        "Take ONE tablet ONCE a day in the morning", "30 tablets");
    public static readonly Drug Zerobase = new("Zerobase 11% cream (Thornton & Ross Ltd)",
        "Apply to the affected areas as often as needed", "500 gram");
    public static readonly Drug Hydrocortisone = new("Hydrocortisone 1% cream", "Apply thinly ONCE or TWICE a day for 7 days",
        "30 gram");
    public static readonly Drug Desogestrel = new("Desogestrel 75microgram tablets",
        "Take ONE tablet ONCE a day at the same time", "84 tablets");

    // Short courses.
    public static readonly Drug Amoxicillin = new("Amoxicillin 500mg capsules", "Take ONE capsule THREE times a day for 5 days",
        "15 capsules", "penicillin", "39732411000001106");
    public static readonly Drug AmoxicillinChild = new("Amoxicillin 250mg/5ml oral suspension sugar free",
        "Give 5ml THREE times a day for 5 days", "100 ml", "penicillin");
    public static readonly Drug ClarithromycinChild = new("Clarithromycin 125mg/5ml oral suspension",
        "Give 5ml TWICE a day for 5 days", "70 ml", "macrolide");
    public static readonly Drug Doxycycline = new("Doxycycline 100mg capsules",
        "Take TWO capsules on the first day, then ONE capsule ONCE a day for 4 days", "6 capsules");
    public static readonly Drug Nitrofurantoin = new("Nitrofurantoin 100mg modified-release capsules",
        "Take ONE capsule TWICE a day for 3 days", "6 capsules");
    public static readonly Drug Trimethoprim = new("Trimethoprim 200mg tablets", "Take ONE tablet TWICE a day for 7 days",
        "14 tablets", "trimethoprim");
    public static readonly Drug Flucloxacillin = new("Flucloxacillin 500mg capsules",
        "Take ONE capsule FOUR times a day for 7 days, on an empty stomach", "28 capsules", "penicillin");
    public static readonly Drug Prednisolone = new("Prednisolone 5mg tablets",
        "Take SIX tablets (30mg) ONCE a day in the morning for 5 days", "30 tablets");
    public static readonly Drug Enoxaparin = new("Enoxaparin sodium 40mg/0.4ml solution for injection pre-filled syringes",
        "Inject 40mg under the skin ONCE a day for 28 days", "28 pre-filled disposable injections", "anticoagulant");
    public static readonly Drug Senna = new("Senna 7.5mg tablets", "Take TWO tablets at NIGHT", "60 tablets");
    public static readonly Drug Morphine = new("Morphine sulfate 10mg/5ml oral solution",
        "Take 2.5ml (5mg) every FOUR hours when required for pain", "100 ml", "opioid");
}

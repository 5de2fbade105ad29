using DorsetCareRecord.Simulator.County.Population;
using static DorsetCareRecord.Simulator.County.Illness.Formulary;

namespace DorsetCareRecord.Simulator.County.Illness;

/// <summary>
/// Lasting conditions with shares near those of the Quality and Outcomes Framework for an old county. Order matters: a
/// condition may make later ones more likely.
/// </summary>
internal static class Ailments
{
    public static IReadOnlyList<Ailment> All { get; } = [.. HeartAndMetabolism(), .. LungsAndAirways(), .. MindAndNerves(),
        .. TheRest()];

    public static Ailment Named(string key) => All.First(ailment => ailment.Key == key);

    private static IEnumerable<Ailment> HeartAndMetabolism() =>
    [
        new()
        {
            Key = "obesity", Term = "Obesity", Code = "414916001", Prevalence = [0, 3, 12, 18, 20, 18, 12, 6], IsMinor = true,
            NotBefore = 8,
            Raises = [("diabetes", 2.4), ("hypertension", 1.5), ("osteoarthritis", 1.7), ("gord", 1.4)],
        },
        new()
        {
            Key = "diabetes", Term = "Type 2 diabetes mellitus", Code = "44054006", Prevalence = [0, 0, 0.8, 5, 9, 13, 16, 14],
            NotBefore = 30,
            Treatment = [(0.85, [Metformin, MetforminFull]), (0.35, [Gliclazide, Empagliflozin]), (0.12, [Glargine]),
                (0.7, [Atorvastatin20])],
            Panels = ["A1C", "UE", "LIPID", "ACR"], MonthsBetweenPanels = 9,
            Effects = [("A1C", 13, 0.9), ("GLU", 3.5, 0.15), ("ACR", 0.8, 0.5)],
            Clinic = "diabetes", ClinicVisitsPerYear = 0.8, Followed = 0.18,
            Crises = [("hyperglycaemia", 0.006), ("cellulitis", 0.012)],
            Raises = [("hypertension", 1.8), ("ckd", 1.9), ("ihd", 1.8), ("stroke", 1.4)],
        },
        new()
        {
            Key = "type1", Term = "Type 1 diabetes mellitus", Code = "46635009",
            Prevalence = [0.1, 0.4, 0.6, 0.6, 0.5, 0.4, 0.3, 0.2], NotBefore = 2,
            Treatment = [(1, [Glargine]), (1, [Aspart])], Panels = ["A1C", "UE", "ACR"], MonthsBetweenPanels = 6,
            Effects = [("A1C", 30, 0), ("GLU", 5, 0)],
            Clinic = "diabetes", ClinicVisitsPerYear = 1.5, Followed = 0.95, Crises = [("dka", 0.06)],
            Raises = [("hypothyroid", 2.5)],
        },
        new()
        {
            Key = "hypertension", Term = "Essential hypertension", Code = "59621000",
            Prevalence = [0, 0, 2, 12, 26, 40, 52, 55], NotBefore = 28,
            Treatment = [(0.6, [Ramipril, Losartan]), (0.5, [Amlodipine]), (0.18, [Indapamide, Doxazosin])],
            Panels = ["UE", "LIPID"], MonthsBetweenPanels = 14,
            Raises = [("ckd", 1.5), ("af", 1.4), ("stroke", 1.6), ("ihd", 1.4), ("heart failure", 1.5)],
        },
        new()
        {
            Key = "cholesterol", Term = "Hypercholesterolaemia", Code = "13644009",
            Prevalence = [0, 0.1, 1.5, 7, 13, 17, 16, 10], IsMinor = true, NotBefore = 30,
            Treatment = [(0.75, [Atorvastatin20]), (0.1, [Ezetimibe])], Panels = ["LIPID", "LFT"],
            Effects = [("CHOL", 1.6, 0), ("NHDL", 1.6, 0)],
        },
        new()
        {
            Key = "ihd", Term = "Ischaemic heart disease", Code = "414545008", Prevalence = [0, 0, 0.1, 1.5, 5, 10, 17, 22],
            NotBefore = 40,
            Treatment = [(0.85, [Atorvastatin80]), (0.8, [Aspirin, Clopidogrel]), (0.7, [Bisoprolol]), (0.6, [GtnSpray])],
            Panels = ["LIPID", "UE", "FBC"],
            Clinic = "cardiology", ClinicVisitsPerYear = 0.7, Followed = 0.45,
            Crises = [("nstemi", 0.018), ("chest pain", 0.05)],
            Raises = [("heart failure", 3), ("af", 1.4)],
        },
        new()
        {
            Key = "af", Term = "Atrial fibrillation", Code = "49436004", Prevalence = [0, 0, 0.1, 0.6, 2, 5, 11, 18],
            NotBefore = 45,
            Treatment = [(0.82, [Apixaban, Apixaban, Warfarin]), (0.7, [Bisoprolol]), (0.15, [Digoxin])],
            Panels = ["UE", "FBC", "TFT"],
            Clinic = "cardiology", ClinicVisitsPerYear = 0.6, Followed = 0.4, Crises = [("fast af", 0.04)],
            Raises = [("stroke", 2.2), ("heart failure", 2)],
        },
        new()
        {
            Key = "heart failure", Term = "Heart failure", Code = "84114007", Prevalence = [0, 0, 0, 0.2, 0.9, 2, 5, 11],
            NotBefore = 50,
            Treatment = [(0.9, [Furosemide]), (0.7, [Ramipril, Losartan]), (0.7, [Bisoprolol]), (0.4, [Spironolactone])],
            Panels = ["UE", "BNP", "FBC"], MonthsBetweenPanels = 6,
            Effects = [("BNP", 1400, 120), ("UREA", 2.5, 0.2), ("CREA", 18, 1.5)],
            Clinic = "heart failure", ClinicVisitsPerYear = 1.2, Followed = 0.7, Crises = [("heart failure", 0.16)],
        },
        new()
        {
            Key = "ckd", Term = "Chronic kidney disease stage 3", Code = "433144002",
            Prevalence = [0, 0, 0.2, 1.2, 3.5, 8, 18, 28], NotBefore = 45,
            Panels = ["UE", "FBC", "ACR", "BONE"], MonthsBetweenPanels = 8,
            Effects = [("CREA", 42, 2.2), ("UREA", 4, 0.2), ("K", 0.35, 0.01), ("HB", -7, -0.7), ("ACR", 4, 1.2)],
            Clinic = "renal", ClinicVisitsPerYear = 1, Followed = 0.15, Crises = [("aki", 0.03)],
        },
        new()
        {
            Key = "hypothyroid", Term = "Hypothyroidism", Code = "40930008", Prevalence = [0, 0.2, 1.5, 4, 6, 8, 9, 10],
            NotBefore = 12,
            Treatment = [(1, [Levothyroxine])], Panels = ["TFT"], MonthsBetweenPanels = 13, Effects = [("TSH", 1.1, 0)],
        },
    ];

    private static IEnumerable<Ailment> LungsAndAirways() =>
    [
        new()
        {
            Key = "asthma", Term = "Asthma", Code = "195967001", Prevalence = [1.5, 9, 9, 8, 8, 8, 7, 5], NotBefore = 2,
            Treatment = [(1, [Salbutamol]), (0.75, [Beclometasone, Fostair])], Effects = [("EOS", 0.18, 0)],
            Clinic = "respiratory", ClinicVisitsPerYear = 0.6, Followed = 0.08, Crises = [("asthma attack", 0.022)],
        },
        new()
        {
            Key = "copd", Term = "Chronic obstructive pulmonary disease", Code = "13645005",
            Prevalence = [0, 0, 0, 1, 3.5, 6, 7.5, 6], NotBefore = 44,
            Treatment = [(1, [Salbutamol]), (0.75, [Tiotropium]), (0.5, [Fostair])], Panels = ["FBC"], MonthsBetweenPanels = 18,
            Clinic = "respiratory", ClinicVisitsPerYear = 0.8, Followed = 0.35,
            Crises = [("copd exacerbation", 0.13), ("pneumonia", 0.03)],
        },
        new()
        {
            Key = "hay fever", Term = "Allergic rhinitis due to pollen", Code = "21719001",
            Prevalence = [0.5, 5, 6, 5, 3, 2, 1, 0.5], IsMinor = true, NotBefore = 4,
        },
        new()
        {
            Key = "eczema", Term = "Atopic eczema", Code = "24079001", Prevalence = [9, 8, 3, 2, 2, 2, 2, 1.5], IsMinor = true,
            Treatment = [(0.8, [Zerobase]), (0.3, [Hydrocortisone])], Clinic = "dermatology", ClinicVisitsPerYear = 0.8,
            Followed = 0.06,
        },
    ];

    private static IEnumerable<Ailment> MindAndNerves() =>
    [
        new()
        {
            Key = "depression", Term = "Depressive disorder", Code = "35489007", Prevalence = [0, 1.5, 10, 12, 11, 9, 8, 8],
            NotBefore = 15,
            Treatment = [(0.6, [Sertraline, Citalopram, Mirtazapine])],
        },
        new()
        {
            Key = "anxiety", Term = "Anxiety disorder", Code = "197480006", Prevalence = [0, 1.5, 6, 6, 5, 4, 3, 3],
            IsMinor = true, NotBefore = 12,
        },
        new()
        {
            Key = "dementia", Term = "Alzheimer's disease", Code = "26929004", Prevalence = [0, 0, 0, 0, 0.2, 1.3, 6, 18],
            NotBefore = 62,
            Treatment = [(0.45, [Donepezil]), (0.2, [Memantine])], Panels = ["FBC", "UE", "TFT", "B12F"],
            MonthsBetweenPanels = 30,
            Clinic = "memory", ClinicVisitsPerYear = 0.7, Followed = 0.5,
            Crises = [("uti delirium", 0.06), ("hip fracture", 0.02)],
        },
        new()
        {
            Key = "stroke", OnsetCase = "acute stroke", Term = "Cerebrovascular accident", Code = "230690007",
            Prevalence = [0, 0, 0.1, 0.7, 2, 4, 7, 10], NotBefore = 45,
            Treatment = [(0.85, [Clopidogrel]), (0.85, [Atorvastatin80])], Panels = ["LIPID", "UE"], Clinic = "stroke",
            ClinicVisitsPerYear = 0.6, Followed = 0.3,
        },
        new()
        {
            Key = "parkinson", Term = "Parkinson's disease", Code = "49049000",
            Prevalence = [0, 0, 0, 0.05, 0.2, 0.7, 1.4, 1.6], NotBefore = 55,
            Treatment = [(0.95, [CoCareldopa])], Clinic = "parkinson", ClinicVisitsPerYear = 1.4, Followed = 0.9,
            Crises = [("fall", 0.08)],
        },
        new()
        {
            Key = "epilepsy", Term = "Epilepsy", Code = "84757009", Prevalence = [0.3, 0.6, 0.7, 0.8, 0.8, 0.9, 1, 0.9],
            NotBefore = 3,
            Treatment = [(0.9, [Levetiracetam])], Clinic = "neurology", ClinicVisitsPerYear = 0.8, Followed = 0.5,
        },
        new()
        {
            Key = "migraine", Term = "Migraine", Code = "37796009", Prevalence = [0, 2, 8, 8, 5, 3, 1.5, 1], IsMinor = true,
            NotBefore = 10, Treatment = [(0.5, [Sumatriptan])],
        },
        new()
        {
            Key = "learning disability", Term = "Learning disability", Code = "110359009",
            Prevalence = [0, 0.8, 0.7, 0.6, 0.5, 0.3, 0.1, 0],
            Raises = [("epilepsy", 8)],
        },
        new()
        {
            Key = "autism", Term = "Autism spectrum disorder", Code = "35919005",
            Prevalence = [0.3, 1.8, 1.2, 0.4, 0.2, 0.1, 0, 0],
            Clinic = "paediatrics", ClinicVisitsPerYear = 0.5, Followed = 0.3, Raises = [("adhd", 5), ("anxiety", 2)],
        },
        new()
        {
            Key = "adhd", Term = "Attention deficit hyperactivity disorder", Code = "406506008",
            Prevalence = [0, 2, 0.8, 0.2, 0, 0, 0, 0], NotBefore = 6,
            Treatment = [(0.6, [Methylphenidate])],
        },
    ];

    private static IEnumerable<Ailment> TheRest() =>
    [
        new()
        {
            Key = "osteoarthritis", Term = "Osteoarthritis", Code = "396275006", Prevalence = [0, 0, 0.5, 4, 11, 20, 28, 32],
            NotBefore = 42,
            Treatment = [(0.6, [Paracetamol]), (0.25, [CoCodamol]), (0.15, [Naproxen])], Clinic = "orthopaedics",
            ClinicVisitsPerYear = 0.5, Followed = 0.2,
            Crises = [("hip replacement", 0.014)],
        },
        new()
        {
            Key = "osteoporosis", Term = "Osteoporosis", Code = "64859006", Prevalence = [0, 0, 0, 0.5, 2.5, 6, 11, 16],
            NotBefore = 50,
            Treatment = [(0.7, [Alendronate]), (0.75, [CalciumD])], Panels = ["BONE"], MonthsBetweenPanels = 24,
            Crises = [("hip fracture", 0.018), ("wrist fracture", 0.02)],
        },
        new()
        {
            Key = "rheumatoid", Term = "Rheumatoid arthritis", Code = "69896004",
            Prevalence = [0, 0, 0.2, 0.6, 1.1, 1.4, 1.5, 1.3], NotBefore = 25,
            Treatment = [(1, [Methotrexate]), (1, [FolicAcidWeekly])], Panels = ["FBC", "UE", "LFT", "CRP"],
            MonthsBetweenPanels = 4,
            Effects = [("CRP", 9, 0), ("HB", -6, 0)], Clinic = "rheumatology", ClinicVisitsPerYear = 1.6, Followed = 0.95,
        },
        new()
        {
            Key = "gout", Term = "Gout", Code = "90560007", Prevalence = [0, 0, 0.3, 1.5, 3, 4.5, 5, 4.5], NotBefore = 35,
            IsMinor = true,
            Treatment = [(0.5, [Allopurinol]), (0.2, [Colchicine])], Panels = ["URATE"], Effects = [("URATE", 110, 0)],
        },
        new()
        {
            Key = "gord", Term = "Gastro-oesophageal reflux disease", Code = "235595009",
            Prevalence = [0.5, 0.3, 3, 7, 10, 13, 14, 13], IsMinor = true,
            Treatment = [(0.8, [Omeprazole])],
        },
        new()
        {
            Key = "bph", Term = "Benign prostatic hyperplasia", Code = "266569009", Prevalence = [0, 0, 0, 1, 6, 14, 20, 22],
            Only = Sex.Male, NotBefore = 50,
            Treatment = [(0.7, [Tamsulosin]), (0.3, [Finasteride])], Panels = ["PSA"], Effects = [("PSA", 1.6, 0.1)],
            IsMinor = true,
        },
        new()
        {
            Key = "breast cancer", Term = "Malignant neoplasm of breast", Code = "254837009",
            Prevalence = [0, 0, 0.1, 1, 2.5, 4, 5, 5], Only = Sex.Female, NotBefore = 38,
            Treatment = [(0.6, [Letrozole])], Clinic = "breast", ClinicVisitsPerYear = 1, Followed = 0.85,
        },
        new()
        {
            Key = "prostate cancer", Term = "Malignant tumour of prostate", Code = "399068003",
            Prevalence = [0, 0, 0, 0.2, 1.5, 4.5, 8, 9], Only = Sex.Male, NotBefore = 52,
            Treatment = [(0.4, [Goserelin])], Panels = ["PSA"], MonthsBetweenPanels = 6, Effects = [("PSA", 5, 0.4)],
            Clinic = "urology", ClinicVisitsPerYear = 1.2, Followed = 0.8,
        },
        new()
        {
            Key = "bowel cancer", Term = "Malignant tumour of colon", Code = "363406005",
            Prevalence = [0, 0, 0, 0.2, 0.5, 1.1, 1.8, 2], NotBefore = 45,
            Panels = ["FBC", "LFT"], MonthsBetweenPanels = 6, Effects = [("HB", -9, 0), ("FERR", -40, 0)], Clinic = "oncology",
            ClinicVisitsPerYear = 1.5, Followed = 0.9,
        },
        new()
        {
            Key = "anaemia", Term = "Iron deficiency anaemia", Code = "87522002", Prevalence = [0.5, 0.6, 2, 2.5, 1.5, 2, 4, 6],
            IsMinor = true,
            Treatment = [(0.7, [FerrousFumarate])], Panels = ["FBC", "FERR"], MonthsBetweenPanels = 9,
            Effects = [("HB", -24, 1.5), ("MCV", -9, 0.4), ("FERR", -70, 0)], Crises = [("colonoscopy", 0.05)],
        },
        new()
        {
            Key = "cataract", Term = "Cataract", Code = "193570009", Prevalence = [0, 0, 0, 0.5, 2, 9, 20, 28], NotBefore = 52,
            IsMinor = true, Crises = [("cataract surgery", 0.06)],
        },
        new()
        {
            Key = "falls", Term = "Recurrent falls", Code = "279992002", Prevalence = [0, 0, 0, 0, 0.3, 1.5, 6, 16],
            NotBefore = 62,
            Crises = [("fall", 0.18), ("hip fracture", 0.03)],
        },
    ];
}

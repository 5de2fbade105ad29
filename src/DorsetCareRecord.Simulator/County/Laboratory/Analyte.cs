using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Laboratory;

/// <summary>One blood or urine test with its range for adults (UK harmonised ranges, Pathology Harmony, where there are any).</summary>
/// <param name="Low">Lower end of the range for women, or for all; null where only a high value matters.</param>
/// <param name="MaleLow">For men where it differs.</param>
/// <param name="Usual">What a healthy person has.</param>
/// <param name="Spread">Between healthy people.</param>
/// <param name="Code">SNOMED CT, used by the GP record only.</param>
internal sealed record Analyte(
    string Key, string Name, string Unit, double? Low, double? High, int Decimals, double Usual, double Spread,
        double? MaleLow = null,
    double? MaleHigh = null, string? Code = null)
{
    /// <summary>Above or below this the laboratory telephones.</summary>
    public double? AlarmBelow { get; init; }

    public double? AlarmAbove { get; init; }

    /// <summary>Reported as "more than" beyond it (eGFR).</summary>
    public double? ReportedUpTo { get; init; }

    /// <summary>Reported as "less than" below it (troponin, CRP).</summary>
    public double? ReportedFrom { get; init; }

    public double? LowFor(Sex sex) => sex == Sex.Male && MaleLow is not null ? MaleLow : Low;

    public double? HighFor(Sex sex) => sex == Sex.Male && MaleHigh is not null ? MaleHigh : High;
}

/// <param name="Code">The laboratory's own code of the profile.</param>
/// <param name="Specimen">As printed on the report.</param>
internal sealed record Panel(string Code, string Title, string Specimen, params Analyte[] Analytes)
{
    /// <summary>HL7 table 0074: HM haematology, CH chemistry.</summary>
    public string Section => Code is "FBC" or "COAG" or "DDIM" ? "HM" : "CH";
}

internal static class Panels
{
    public static IReadOnlyList<Panel> All { get; } =
    [
        new("FBC", "FULL BLOOD COUNT", "Blood",
            new("HB", "Haemoglobin", "g/L", 115, 165, 0, 136, 8, 130, 180, "1022431000000105") { AlarmBelow = 70 },
            new("WBC", "White cell count", "10^9/L", 4.0, 11.0, 1, 7.0, 1.3, Code: "1022541000000102") { AlarmAbove = 30 },
            new("PLT", "Platelets", "10^9/L", 140, 400, 0, 260, 45, Code: "1022651000000100") { AlarmBelow = 50 },
            new("RBC", "Red cell count", "10^12/L", 3.80, 5.80, 2, 4.6, 0.3, 4.5, 6.5),
            new("HCT", "Haematocrit", "L/L", 0.37, 0.47, 3, 0.41, 0.02, 0.40, 0.54),
            new("MCV", "Mean cell volume", "fL", 80, 100, 1, 90, 3),
            new("MCH", "Mean cell haemoglobin", "pg", 27, 32, 1, 29.6, 0.9),
            new("NEUT", "Neutrophils", "10^9/L", 1.8, 7.5, 1, 4.2, 0.9) { AlarmBelow = 0.5 },
            new("LYMPH", "Lymphocytes", "10^9/L", 1.0, 4.0, 1, 2.0, 0.4),
            new("EOS", "Eosinophils", "10^9/L", 0.0, 0.5, 2, 0.18, 0.08)),
        new("UE", "UREA AND ELECTROLYTES", "Serum",
            new("NA", "Sodium", "mmol/L", 133, 146, 0, 140, 2) { AlarmBelow = 120, AlarmAbove = 155 },
            new("K", "Potassium", "mmol/L", 3.5, 5.3, 1, 4.4, 0.3) { AlarmBelow = 2.5, AlarmAbove = 6.5 },
            new("UREA", "Urea", "mmol/L", 2.5, 7.8, 1, 5.2, 1.0) { AlarmAbove = 30 },
            new("CREA", "Creatinine", "umol/L", 45, 84, 0, 66, 8, 59, 104, "1000731000000107") { AlarmAbove = 354 },
            new("EGFR", "eGFR (CKD-EPI)", "mL/min/1.73m2", null, null, 0, 90, 0,
                Code: "1011481000000105") { ReportedUpTo = 90 }),
        new("LFT", "LIVER FUNCTION TESTS", "Serum",
            new("BILI", "Bilirubin", "umol/L", 0, 21, 0, 9, 3),
            new("ALT", "ALT", "U/L", 0, 35, 0, 21, 6, 0, 50),
            new("ALP", "Alkaline phosphatase", "U/L", 30, 130, 0, 78, 16),
            new("ALB", "Albumin", "g/L", 35, 50, 0, 42, 3)),
        new("CRP", "C-REACTIVE PROTEIN", "Serum",
            new Analyte("CRP", "C-reactive protein", "mg/L", 0, 5, 0, 2, 1.2) { ReportedFrom = 1, AlarmAbove = 300 }),
        new("A1C", "HAEMOGLOBIN A1c", "Blood",
            new Analyte("A1C", "HbA1c (IFCC)", "mmol/mol", 20, 41, 0, 36, 3, Code: "999791000000106")),
        new("TFT", "THYROID FUNCTION TESTS", "Serum",
            new("TSH", "TSH", "mIU/L", 0.27, 4.20, 2, 1.9, 0.7),
            new("FT4", "Free T4", "pmol/L", 11.0, 22.0, 1, 15.8, 1.6)),
        new("LIPID", "LIPID PROFILE", "Serum",
            new("CHOL", "Cholesterol", "mmol/L", null, 5.0, 1, 4.7, 0.6, Code: "1005671000000105"),
            new("HDL", "HDL cholesterol", "mmol/L", 1.2, null, 1, 1.5, 0.25, 1.0),
            new("NHDL", "Non-HDL cholesterol", "mmol/L", null, 4.0, 1, 3.2, 0.5),
            new("TRIG", "Triglycerides", "mmol/L", null, 2.3, 1, 1.4, 0.4)),
        new("TROP", "HIGH SENSITIVITY TROPONIN T", "Serum",
            new Analyte("TROP", "Troponin T (hs)", "ng/L", 0, 14, 0, 6, 2) { ReportedFrom = 3, AlarmAbove = 100 }),
        new("BNP", "NT-proBNP", "Serum", new Analyte("BNP", "NT-proBNP", "ng/L", null, 400, 0, 110, 50)),
        new("COAG", "COAGULATION SCREEN", "Plasma",
            new("INR", "INR", "", 0.8, 1.2, 1, 1.0, 0.06),
            new("APTT", "APTT", "s", 21, 33, 1, 27, 2),
            new("FIB", "Fibrinogen", "g/L", 1.5, 4.5, 1, 3.0, 0.4)),
        new("DDIM", "D-DIMER", "Plasma", new Analyte("DDIM", "D-dimer", "ng/mL FEU", null, 500, 0, 270, 80)),
        new("FERR", "FERRITIN", "Serum", new Analyte("FERR", "Ferritin", "ug/L", 13, 150, 0, 85, 25, 30, 400)),
        new("B12F", "VITAMIN B12 AND FOLATE", "Serum",
            new("B12", "Vitamin B12", "ng/L", 197, 771, 0, 390, 80),
            new("FOL", "Serum folate", "ug/L", 3.9, 26.8, 1, 9, 2.5)),
        new("BONE", "BONE PROFILE", "Serum",
            new("CA", "Adjusted calcium", "mmol/L", 2.20, 2.60, 2, 2.38, 0.06) { AlarmBelow = 1.8, AlarmAbove = 3.5 },
            new("PO4", "Phosphate", "mmol/L", 0.80, 1.50, 2, 1.1, 0.12),
            new("VITD", "25-OH vitamin D", "nmol/L", 50, null, 0, 62, 14)),
        new("PSA", "PROSTATE SPECIFIC ANTIGEN", "Serum", new Analyte("PSA", "PSA (total)", "ug/L", null, 4.0, 1, 1.3, 0.5)),
        new("ACR", "URINE ALBUMIN:CREATININE RATIO", "Urine",
            new Analyte("ACR", "Albumin:creatinine ratio", "mg/mmol", null, 3.0, 1, 1.0, 0.5)),
        new("GLU", "GLUCOSE", "Plasma",
            new Analyte("GLU", "Glucose", "mmol/L", 3.5, 7.8, 1, 5.4, 0.6) { AlarmBelow = 2.5, AlarmAbove = 25 }),
        new("LACT", "LACTATE", "Venous blood",
            new Analyte("LACT", "Lactate", "mmol/L", 0.5, 2.2, 1, 1.2, 0.3) { AlarmAbove = 4 }),
        new("URATE", "URATE", "Serum", new Analyte("URATE", "Urate", "umol/L", 140, 360, 0, 280, 40, 200, 430)),
    ];

    public static Panel Named(string code) => All.First(panel => panel.Code == code);
}

using System.Buffers;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// Tests that every laboratory of the county does alike, by the names they are printed under, so that a person's potassium is one series
/// wherever it was measured. Only blood, only these names, and never over two units; whatever is not here stays within its laboratory
/// (hazard H08). The names are those of NHS pathology catalogues (Pathology Bounded Code List) and their usual short forms.
/// </summary>
internal static class KnownTests
{
    private static readonly string[][] Names =
    [
        ["SODIUM", "NA", "SERUM SODIUM"], ["POTASSIUM", "K", "SERUM POTASSIUM"], ["UREA", "SERUM UREA"],
        ["CREATININE", "SERUM CREATININE"], ["EGFR", "EGFR CKD EPI", "ESTIMATED GFR"], ["BICARBONATE", "SERUM BICARBONATE"], ["CHLORIDE", "SERUM CHLORIDE"],
        ["HAEMOGLOBIN", "HB", "HAEMOGLOBIN ESTIMATION"], ["WHITE CELL COUNT", "WBC", "WHITE BLOOD CELL COUNT", "TOTAL WHITE CELL COUNT"],
        ["PLATELETS", "PLATELET COUNT", "PLT"], ["RED CELL COUNT", "RBC"], ["HAEMATOCRIT", "HCT"], ["MEAN CELL VOLUME", "MCV"], ["MEAN CELL HAEMOGLOBIN", "MCH"],
        ["NEUTROPHILS", "NEUTROPHIL COUNT"], ["LYMPHOCYTES", "LYMPHOCYTE COUNT"], ["EOSINOPHILS", "EOSINOPHIL COUNT"],
        ["BILIRUBIN", "TOTAL BILIRUBIN"], ["ALT", "ALANINE TRANSAMINASE", "ALANINE AMINOTRANSFERASE"], ["ALKALINE PHOSPHATASE", "ALP"], ["ALBUMIN", "SERUM ALBUMIN"],
        ["C REACTIVE PROTEIN", "CRP"], ["HBA1C", "HBA1C IFCC", "HAEMOGLOBIN A1C"], ["TSH", "THYROID STIMULATING HORMONE"], ["FREE T4"],
        ["CHOLESTEROL", "TOTAL CHOLESTEROL", "SERUM CHOLESTEROL"], ["HDL CHOLESTEROL"], ["NON HDL CHOLESTEROL"], ["TRIGLYCERIDES"],
        ["TROPONIN T HS", "HIGH SENSITIVITY TROPONIN T", "TROPONIN T"], ["NT PROBNP", "NT PRO BNP"],
        ["INR"], ["APTT"], ["FIBRINOGEN"], ["D DIMER"], ["FERRITIN"], ["VITAMIN B12", "SERUM VITAMIN B12"], ["SERUM FOLATE", "FOLATE"],
        ["ADJUSTED CALCIUM", "CORRECTED CALCIUM"], ["PHOSPHATE", "INORGANIC PHOSPHATE"], ["25 OH VITAMIN D", "VITAMIN D"], ["PSA TOTAL", "PSA", "PROSTATE SPECIFIC ANTIGEN"],
        ["GLUCOSE"], ["LACTATE"], ["URATE"], ["MAGNESIUM"],
    ];

    /// <summary>Compiled for searching: every value of a page is asked.</summary>
    private static readonly SearchValues<string> OtherThanBlood = SearchValues.Create(
        ["URIN", "FLUID", "CSF", "CEREBROSPINAL", "STOOL", "FAEC", "SALIVA", "SWEAT", "DIALYS", "24 H", "24H"], StringComparison.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> ByName = Names.SelectMany(names => names.Select(name => (name, names[0])))
        .ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>The one name of a test of blood that all laboratories do alike; null for any other.</summary>
    internal static string? Find(Result result) =>
        (ByName.TryGetValue(result.Test, out var name) || ByName.TryGetValue(Likeness.Words(result.Test), out name))
        && !IsOther(result.Specimen) && !IsOther(result.Panel) ? name : null;

    private static bool IsOther(string? text) => text.AsSpan().ContainsAny(OtherThanBlood);
}

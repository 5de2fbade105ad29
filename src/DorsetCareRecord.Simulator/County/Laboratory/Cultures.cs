using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Laboratory;

/// <summary>Microbiology: a culture with its growth and what it is sensitive to.</summary>
internal sealed record Culture(string Key, string Code, string Title, string Specimen, Growth[] Growths);

/// <param name="Organism">Null for no growth.</param>
/// <param name="Sensitivities">Antibiotic and S, I or R.</param>
internal sealed record Growth(double Share, string Microscopy, string? Organism, string? Amount,
    params (string Antibiotic, char Answer)[] Sensitivities)
{
    public IEnumerable<string> Lines()
    {
        yield return Microscopy;
        if (Organism is null)
        {
            if (!Microscopy.Contains("RNA", StringComparison.Ordinal))
                yield return "CULTURE: No significant growth.";
            yield break;
        }

        yield return $"CULTURE: {Amount} {Organism}";
        if (Sensitivities.Length > 0)
            yield return "SENSITIVITIES (S sensitive, I increased exposure, R resistant):";
        foreach (var (antibiotic, answer) in Sensitivities)
            yield return $"  {antibiotic,-18} {answer}";
    }
}

internal static class Cultures
{
    private static readonly Culture[] All =
    [
        new("urine", "MSU", "URINE MICROSCOPY AND CULTURE", "Mid stream urine",
        [
            new(0.6, "MICROSCOPY: White cells >100 /cmm, red cells 10-40 /cmm.", "Escherichia coli", ">10^5 cfu/ml",
                ("Trimethoprim", 'S'), ("Nitrofurantoin", 'S'), ("Cefalexin", 'S'), ("Co-amoxiclav", 'S')),
            new(0.2, "MICROSCOPY: White cells >100 /cmm.", "Escherichia coli", ">10^5 cfu/ml", ("Trimethoprim", 'R'),
                ("Nitrofurantoin", 'S'), ("Cefalexin", 'S'), ("Co-amoxiclav", 'I')),
            new(0.2, "MICROSCOPY: White cells 20-40 /cmm.", null, null),
        ]),
        new("sputum", "SPUT", "SPUTUM CULTURE", "Sputum",
        [
            new(0.35, "Purulent specimen.", "Streptococcus pneumoniae", "Moderate growth of", ("Penicillin", 'S'),
                ("Doxycycline", 'S'), ("Clarithromycin", 'S')),
            new(0.3, "Mucopurulent specimen.", "Haemophilus influenzae", "Heavy growth of", ("Amoxicillin", 'R'),
                ("Doxycycline", 'S'), ("Co-amoxiclav", 'S')),
            new(0.35, "Mucoid specimen. Upper respiratory tract flora only.", null, null),
        ]),
        new("wound", "WSWAB", "WOUND SWAB CULTURE", "Swab, leg",
        [
            new(0.7, "MICROSCOPY: Pus cells +, Gram positive cocci +.", "Staphylococcus aureus", "Moderate growth of",
                ("Flucloxacillin", 'S'), ("Doxycycline", 'S'), ("Clarithromycin", 'S')),
            new(0.3, "MICROSCOPY: Pus cells scanty.", null, null),
        ]),
        new("respiratory", "RVPCR", "RESPIRATORY VIRUS PCR", "Nasopharyngeal aspirate",
        [
            new(0.75, "RSV RNA: DETECTED.  Influenza A and B RNA: not detected.  SARS-CoV-2 RNA: not detected.", null, null),
            new(0.25, "RSV, influenza A and B, SARS-CoV-2 RNA: not detected.", null, null),
        ]),
    ];

    public static Culture Named(string key) => All.First(culture => culture.Key == key);
}

/// <summary>A report in words: radiology or microbiology.</summary>
/// <param name="Code">The department's own.</param>
internal sealed record WrittenReport(
    string Key, string Trust, bool IsRadiology, DateTime Taken, DateTime Reported, string Code, string Title, string? Specimen,
    IReadOnlyList<string> Lines, Clinician Requester, Clinician ReportedBy, string? Location)
{
    /// <summary>OBR-25 and OBX-11: P preliminary, F final, C corrected.</summary>
    public char Status { get; init; } = 'F';
}

namespace DorsetCareRecord.Access.Showing;

/// <summary>A class of medicines within which an allergy to one is a reason to think about every other.</summary>
/// <param name="Name">For people, in the plural.</param>
/// <param name="Stems">Word endings its international names share (WHO, stems for international nonproprietary names).</param>
/// <param name="Members">Names and British combinations that do not end so.</param>
internal sealed record DrugClass(string Name, string[] Stems, string[] Members);

/// <summary>
/// The classes allergies are compared in: few, well known, and told apart in the British National Formulary's sections on
/// hypersensitivity. It is no interaction checker and does not pretend to be one.
/// </summary>
internal static class DrugClasses
{
    internal static IReadOnlyList<DrugClass> All { get; } =
    [
        new("penicillins", ["CILLIN", "CILLINS"], ["CO AMOXICLAV", "CO FLUAMPICIL", "AUGMENTIN", "TAZOCIN", "PENICILLIN V"]),
        new("cephalosporins", ["CEPHALOSPORIN", "CEPHALOSPORINS"],
            ["CEFALEXIN", "CEFUROXIME", "CEFTRIAXONE", "CEFOTAXIME", "CEFTAZIDIME", "CEFIXIME", "CEFACLOR", "CEFRADINE", "CEFADROXIL", "CEFAZOLIN"]),
        new("macrolides", ["THROMYCIN", "MACROLIDE", "MACROLIDES"], []),
        new("quinolones", ["FLOXACIN", "QUINOLONE", "QUINOLONES"], []),
        new("tetracyclines", ["CYCLINE", "CYCLINES"], []),
        new("sulfonamide antibiotics", [], ["CO TRIMOXAZOLE", "SULFADIAZINE", "SULFAMETHOXAZOLE", "SULFONAMIDE", "SULFONAMIDES", "SULPHONAMIDES", "SEPTRIN"]),
        new("non-steroidal anti-inflammatories", ["PROFEN", "OXICAM", "COXIB"],
            ["NSAID", "NSAIDS", "ASPIRIN", "NAPROXEN", "DICLOFENAC", "INDOMETACIN", "MEFENAMIC ACID", "KETOROLAC", "ETODOLAC"]),
        new("opioids of the morphine kind", [], ["MORPHINE", "CODEINE", "CO CODAMOL", "DIHYDROCODEINE", "CO DYDRAMOL", "OXYCODONE", "DIAMORPHINE", "OPIATES", "OPIATE"]),
        new("ACE inhibitors", ["PRIL"], ["ACE INHIBITOR", "ACE INHIBITORS"]),
        new("statins", ["VASTATIN"], ["STATIN", "STATINS"]),
    ];

    /// <param name="words">Upper case, one blank between and around.</param>
    internal static bool Has(DrugClass one, string words)
    {
        foreach (var member in one.Members)
        {
            if (words.Contains($" {member} ", StringComparison.Ordinal))
                return true;
        }

        foreach (var stem in one.Stems)
        {
            if (words.Contains($"{stem} ", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}

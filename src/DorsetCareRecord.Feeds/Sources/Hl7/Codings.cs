using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// Coded elements (CE, CWE, CNE): code, text and system, an alternate of each, and the original text (CWE.9). The local code
/// stays primary; the alternate is taken only when there is no other.
/// </summary>
internal static class Codings
{
    private const string Loinc = "http://loinc.org";

    public static Coding? Of(Piece element) => One(element, 1) ?? One(element, 4);

    /// <summary>The sender's words: original text first, then the text beside the code; null when it sent a code only.</summary>
    public static string? WordsOf(Piece element) => element.TextOf(9) ?? element.TextOf(2) ?? element.TextOf(5);

    /// <summary>The words, else the code itself: what nobody knows is shown as it came, never dropped.</summary>
    public static string? WordsOrCodeOf(Piece element) => WordsOf(element) ?? element.TextOf(1) ?? element.TextOf(4);

    private static Coding? One(Piece element, int at) => element[at][1].Text is { } code
        ? new Coding(code, SystemOf(element.TextOf(at + 2), code), element.TextOf(at + 1))
        : null;

    /// <summary>HL7 table 0396 and the names British senders use; a name without a known meaning stays as it is.</summary>
    private static string? SystemOf(string? name, string code) => name?.ToUpperInvariant() switch
    {
        null => null,
        "I10" or "ICD10" or "I10UK" or "ICD-10" or "I10C" => CodeSystems.Icd10,
        "SCT" or "SNM" or "SNM3" or "SNOMED" or "SNOMED-CT" or "SNOMED CT" or "SN" when IsSnomedId(code) => CodeSystems.SnomedCt,
        "DMD" or "DM+D" => CodeSystems.DmPlusD,
        "OPCS4" or "OPCS-4" or "O4" => CodeSystems.Opcs4,
        "READ" or "READV2" or "RCV2" => CodeSystems.ReadV2,
        "CTV3" => CodeSystems.Ctv3,
        "LN" or "LOINC" => Loinc,
        _ => name,
    };

    /// <summary>SNOMED CT identifiers are digits; SNOMED RT and 3 codes under the same name are not.</summary>
    private static bool IsSnomedId(string code) => code.Length is >= 6 and <= 18 && !code.AsSpan().ContainsAnyExceptInRange('0', '9');
}

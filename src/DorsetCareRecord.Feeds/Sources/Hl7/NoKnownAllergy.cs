using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// A statement that there is none is a fact of its own and must never be shown as an allergy to something (hazard H06).
/// SNOMED CT concepts below 716186003 |No known allergy|, and the words hospitals type.
/// </summary>
internal static class NoKnownAllergy
{
    private static readonly string[] Codes =
        ["716186003", "409137002", "428607008", "429625007", "160244002", "1003774007", "716220001", "716184000"];

    private static readonly string[] Phrases =
        ["no known", "nil known", "none known", "nkda", "nka", "no allergies", "no drug allergies", "no adverse reactions"];

    public static bool IsStatedBy(Piece allergen)
    {
        if (Array.IndexOf(Codes, allergen.TextOf(1)) >= 0)
            return true;
        var words = Keys.Folded(Codings.WordsOrCodeOf(allergen));
        return Array.Exists(Phrases, phrase => words == phrase
            || words.StartsWith(phrase, StringComparison.Ordinal) && !char.IsAsciiLetterOrDigit(words[phrase.Length]));
    }
}

using DorsetCareRecord.Projection.Matching;

namespace DorsetCareRecord.Access.Reading;

/// <summary>
/// What was typed beside a date of birth is a surname, or a surname and a forename: people write both. Whoever is found by surname and day is
/// looked at once more by the rest of the words.
/// </summary>
internal static class Forenames
{
    /// <summary>
    /// Those whose forename begins like one of the words, or whose surname all the words are. When there is nobody of the kind, all of them, and
    /// true: a mistyped or former name must not make nobody of somebody.
    /// </summary>
    internal static (IReadOnlyList<FoundPerson> People, bool IsOther) Fitting(IReadOnlyList<FoundPerson> people, string words)
    {
        var typed = words.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries).Select(NameKeys.Folded).Where(word => word.Length > 0).ToList();
        if (typed.Count < 2 || people.Count == 0)
            return (people, false);
        var fitting = people.Where(found => Fits(found.Who, typed)).ToList();
        return fitting.Count > 0 ? (fitting, false) : (people, true);
    }

    private static bool Fits(ConsolidatedPerson who, List<string> typed)
    {
        var family = NameKeys.OfFamily(who.FamilyName);
        return typed.TrueForAll(family.Contains) || family.Contains(string.Concat(typed))
            || NameKeys.OfAllGiven(who.GivenNames).Any(given => typed.Exists(word => given.StartsWith(word, StringComparison.Ordinal)));
    }
}

using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access.Showing;

/// <summary>Words for how much of a section a role sees.</summary>
public static class ExtentWords
{
    /// <summary>Null when it is all, or nothing that could be limited.</summary>
    public static string? Limit(Extent extent) => extent switch
    {
        Extent.ActiveOnly => "active ones only",
        Extent.DischargeOnly => "discharge letters only",
        Extent.DateAndService => "date and service only",
        Extent.DatesOnly => "dates only",
        Extent.LastThree => "the last 3 only",
        _ => null,
    };

    /// <summary>A category by organisation as sentences: what is the same of several is said once, the most first.</summary>
    public static IReadOnlyList<string> Of(Reached reached)
    {
        ArgumentNullException.ThrowIfNull(reached);
        var ways = reached.Sources.GroupBy(source => Of(source)).OrderByDescending(way => way.Max(source => source.Verdict))
            .Select(way => (Words: way.Key, Names: way.Select(source => source.Organisation.Short).ToList())).ToList();
        return ways is [var only] ? [only.Words] : [.. ways.Select(way => $"{way.Words}: {string.Join(", ", way.Names)}")];
    }

    private static string Of(ReachedSource source) => source switch
    {
        { Verdict: not Verdict.Deny, Tested: Tested.All } => "Nothing yet, being tested",
        { Verdict: not Verdict.Deny, Tested: Tested.Some } => $"{Of(source with { Tested = Tested.No })}, but for what is being tested",
        { Verdict: Verdict.Allow, Extent: var extent } => Limit(extent) is { } limit ? char.ToUpperInvariant(limit[0]) + limit[1..] : "All",
        { Verdict: Verdict.Sealed } => "Sealed: with a reason, which is always looked into",
        { Verdict: Verdict.Withheld } => "That there is something, not what",
        _ => "Nothing",
    };
}

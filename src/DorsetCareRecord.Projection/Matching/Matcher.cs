namespace DorsetCareRecord.Projection.Matching;

/// <summary>What a comparison of two identities comes to; a closed list.</summary>
internal enum Verdict
{
    /// <summary>Nothing says that they are one person.</summary>
    Apart,

    /// <summary>NHS number valid and the same, day of birth the same, surname agreeing: one person.</summary>
    Same,

    /// <summary>A human must look.</summary>
    Unsure,
}

/// <param name="Verdict">What follows.</param>
/// <param name="Evidence">Which fields agree and which differ, without their values.</param>
internal readonly record struct Comparison(Verdict Verdict, string Evidence);

/// <summary>
/// Whether two identities are one person: a pure, symmetric function of their traits. An identical NHS number is never
/// enough, because numbers are mistyped and mothers' numbers stand on babies' records; without one, nothing is.
/// </summary>
internal static class Matcher
{
    public const string Agreed = "nhs-number, birth date and surname agree";
    public const string Similar = "no shared nhs-number; birth date, surname, given name and postcode agree";

    public static Comparison Compare(Trait one, Trait other)
    {
        if (one.NhsNumber is not null && one.NhsNumber == other.NhsNumber)
            return WithSameNumber(one, other);
        if (one.NhsNumber is not null && other.NhsNumber is not null)
            return new(Verdict.Apart, "");
        return IsSimilar(one, other) ? new(Verdict.Unsure, Similar) : new(Verdict.Apart, "");
    }

    /// <summary>Whether a merge by the source is contradicted by who the two are.</summary>
    public static bool Contradict(Trait one, Trait other) =>
        (one.NhsNumber is not null && other.NhsNumber is not null && one.NhsNumber != other.NhsNumber)
        || (one.BirthDay is not null && other.BirthDay is not null && one.BirthDay != other.BirthDay);

    private static Comparison WithSameNumber(Trait one, Trait other)
    {
        var doubts = new List<string>(3);
        if (one.BirthDay is null || other.BirthDay is null)
            doubts.Add("birth date missing");
        else if (one.BirthDay != other.BirthDay)
            doubts.Add("birth date differs");
        if (!ShareFamilyName(one, other))
            doubts.Add("surname differs");
        if (one.HasPlaceholderName || other.HasPlaceholderName)
            doubts.Add("placeholder for a name");
        return doubts.Count == 0
            ? new(Verdict.Same, Agreed)
            : new(Verdict.Unsure, $"nhs-number agrees; {string.Join(", ", doubts)}");
    }

    private static bool IsSimilar(Trait one, Trait other) =>
        one.BirthDay is not null && one.BirthDay == other.BirthDay
        && one.Postcode is not null && one.Postcode == other.Postcode
        && (one.Gender is null || other.Gender is null || one.Gender == other.Gender)
        && one.GivenKey is not null && other.GivenKey is not null && one.GivenKey[0] == other.GivenKey[0]
        && ShareFamilyName(one, other);

    private static bool ShareFamilyName(Trait one, Trait other) => one.FamilyKeys.Any(k => other.FamilyKeys.Contains(k));
}

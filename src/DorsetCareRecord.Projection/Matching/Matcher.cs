namespace DorsetCareRecord.Projection.Matching;

/// <summary>What a comparison of two identities comes to; a closed list.</summary>
internal enum Match
{
    /// <summary>Nothing says that they are one person.</summary>
    None,

    /// <summary>A human must look; until then nothing of one is shown with the other.</summary>
    Possible,

    /// <summary>NHS number valid and the same, day of birth the same, names agreeing: one person.</summary>
    Definite,
}

/// <param name="Match">What follows.</param>
/// <param name="Rule">Which fields agree and which held it back, without their values; what is stored as evidence.</param>
internal readonly record struct Comparison(Match Match, string Rule);

/// <summary>
/// Whether two identities are one person: a pure, symmetric function of their traits. An identical NHS number is never
/// enough, because numbers are mistyped and mothers' numbers stand on babies' records (hazards H01, H24); without one, nothing is.
/// </summary>
/// <remarks>
/// NHS number and date of birth are what the Personal Demographics Service cross-checks; a name guards against a mistyped number.
/// A number both sources have traced (status 01) allows for a misspelt surname; any other asks for all three in full.
/// </remarks>
internal static class Matcher
{
    public const string Agreed = "nhs-number, birth date and surname agree";
    public const string AgreedNearly = "nhs-number verified by both, birth date agrees; surname begins the same, given name agrees";
    public const string Similar = "no shared nhs-number; birth date, surname, given name and postcode agree";
    public const string Twins = "no shared nhs-number; birth date, surname and postcode agree, given name differs: twins?";
    public const string Baby = "no shared nhs-number; a baby with the same birth date and surname";
    public const string Superseded = "the nhs-number of one was the other's before; birth date and surname agree";

    private const int Beginning = 3;

    public static Comparison Compare(Trait one, Trait other)
    {
        if (one.NhsNumber is not null && one.NhsNumber == other.NhsNumber)
            return WithSameNumber(one, other);
        if (one.NhsNumber is not null && other.NhsNumber is not null)
            return new(Match.None, "");
        return Alike(one, other) is { } rule ? new(Match.Possible, rule) : new(Match.None, "");
    }

    /// <summary>Whether a merge by the source is contradicted by who the two are.</summary>
    public static bool Contradict(Trait one, Trait other) =>
        (one.NhsNumber is not null && other.NhsNumber is not null && one.NhsNumber != other.NhsNumber)
        || (one.BirthDay is not null && other.BirthDay is not null && one.BirthDay != other.BirthDay);

    /// <summary>
    /// Whether a number one had before and the other has now makes them worth a look: the register supersedes numbers, and a source
    /// that has not heard of it goes on with the old one.
    /// </summary>
    public static bool MayBeSuperseded(Trait one, Trait other) =>
        one.BirthDay is not null && one.BirthDay == other.BirthDay && ShareFamilyName(one, other) && !GivenNamesDiffer(one, other);

    private static Comparison WithSameNumber(Trait one, Trait other)
    {
        var isVerified = one.IsVerified && other.IsVerified;
        var isNear = isVerified && NamesAreNear(one, other);
        var doubts = new List<string>(4);
        if (one.BirthDay is null || other.BirthDay is null)
            doubts.Add("birth date missing");
        else if (one.BirthDay != other.BirthDay)
            doubts.Add("birth date differs");
        else if (one.HasEstimatedBirthDay && !isVerified)
            doubts.Add("birth date may be an estimate");
        if (!ShareFamilyName(one, other) && !isNear)
            doubts.Add("surname differs");
        if (one.HasPlaceholderName || other.HasPlaceholderName)
            doubts.Add("placeholder for a name");
        if (one.NhsNumberStatus == "08" || other.NhsNumberStatus == "08")
            doubts.Add("a baby under six weeks");
        if (GivenNamesDiffer(one, other) && (!isVerified || GendersDiffer(one, other)))
            doubts.Add("given name differs");
        if (doubts.Count > 0)
            return new(Match.Possible, $"nhs-number agrees; {string.Join(", ", doubts)}");
        return new(Match.Definite, ShareFamilyName(one, other) ? Agreed : AgreedNearly);
    }

    /// <summary>Without a number in common nothing links, but a human may know more.</summary>
    private static string? Alike(Trait one, Trait other)
    {
        if (one.BirthDay is null || one.BirthDay != other.BirthDay || !ShareFamilyName(one, other))
            return null;
        if (one.IsNewborn || other.IsNewborn)
            return Baby;
        if (one.Postcode is null || one.Postcode != other.Postcode || GendersDiffer(one, other) || one.GivenKey is null || other.GivenKey is null)
            return null;
        return one.GivenKey[0] == other.GivenKey[0] ? Similar : Twins;
    }

    public static bool ShareFamilyName(Trait one, Trait other) => one.FamilyKeys.Any(k => other.FamilyKeys.Contains(k));

    /// <summary>The first three letters of a surname and the initial of a forename: a slip of the pen in the rest.</summary>
    private static bool NamesAreNear(Trait one, Trait other) =>
        one.GivenKey is not null && other.GivenKey is not null && one.GivenKey[0] == other.GivenKey[0]
        && one.FamilyKeys.Where(k => k.Length >= Beginning)
            .Any(k => other.FamilyKeys.Any(o => o.Length >= Beginning && k.AsSpan(0, Beginning).SequenceEqual(o.AsSpan(0, Beginning))));

    /// <summary>Both have given names, with no name and no initial in common: a twin's number stands on the other's record.</summary>
    private static bool GivenNamesDiffer(Trait one, Trait other)
    {
        if (one.GivenKey is null || other.GivenKey is null || one.GivenKey[0] == other.GivenKey[0])
            return false;
        var others = NameKeys.OfAllGiven(other.GivenNames);
        return !NameKeys.OfAllGiven(one.GivenNames).Any(others.Contains);
    }

    private static bool GendersDiffer(Trait one, Trait other) =>
        one.Gender is "Male" or "Female" && other.Gender is "Male" or "Female" && one.Gender != other.Gender;
}

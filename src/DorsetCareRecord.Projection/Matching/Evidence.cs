using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>How one detail of two records compares.</summary>
public enum Agreement
{
    Same = 1,

    /// <summary>Not the same, and easily the same thing written otherwise.</summary>
    Close = 2,
    Differs = 3,

    /// <summary>At least one of the two does not say.</summary>
    Missing = 4,
}

/// <summary>Which way a detail speaks, and how loud.</summary>
public enum Weight
{
    None = 0,
    Little = 1,
    For = 2,
    StrongFor = 3,
    Against = 4,
    StrongAgainst = 5,
}

/// <param name="Detail">What is compared.</param>
/// <param name="One">As the first record has it, for people; null when it does not say.</param>
/// <param name="Other">As the second has it.</param>
/// <param name="Speaks">The weight in words.</param>
public sealed record EvidenceRow(string Detail, string? One, string? Other, Agreement Agreement, Weight Weight, string Speaks);

/// <summary>
/// What speaks for and against two records being one person, row by row, for the human who decides. Pure; the machine's own rule is
/// <see cref="Matcher"/> and looks at less.
/// </summary>
public static class Evidence
{
    public static IReadOnlyList<EvidenceRow> Of(Demographics one, Demographics other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            Number(one, other), Born(one, other), Surname(one, other), GivenNames(one, other), Sex(one, other), Address(one, other),
            Phone(one, other), Practice(one, other), Living(one, other),
        ];
    }

    private static EvidenceRow Number(Demographics one, Demographics other)
    {
        var (a, b) = (Shown(one), Shown(other));
        if (a is null || b is null)
            return new("NHS number", a, b, Agreement.Missing, Weight.None, "no weight: one side only");
        if (one.NhsNumber != other.NhsNumber)
            return new("NHS number", a, b, Agreement.Differs, Weight.StrongAgainst, "strong against: two numbers are two people, unless one was superseded");
        return one.NhsNumberStatus == "01" && other.NhsNumberStatus == "01"
            ? new("NHS number", a, b, Agreement.Same, Weight.StrongFor, "strong for: traced by both")
            : new("NHS number", a, b, Agreement.Same, Weight.For, "for: not traced by both, may be mistyped");

        static string? Shown(Demographics person) => !NhsNumber.TryParse(person.NhsNumber, out var number) ? null
            : $"{number.Value.ForDisplay()}{(person.NhsNumberStatus == "01" ? ", traced and verified" : person.NhsNumberStatus == "08" ? ", baby under six weeks" : ", not verified")}";
    }

    private static EvidenceRow Born(Demographics one, Demographics other)
    {
        var (a, b) = (Day(one.BornOn), Day(other.BornOn));
        if (one.BornOn is not { } x || other.BornOn is not { } y)
            return new("Date of birth", a, b, Agreement.Missing, Weight.None, "no weight: one side only");
        var (m, n) = (x.DayInLondon, y.DayInLondon);
        if (x.Precision < DatePrecision.Day || y.Precision < DatePrecision.Day)
        {
            return m.Year == n.Year
                ? new("Date of birth", a, b, Agreement.Close, Weight.Little, "little weight: not a whole date")
                : new("Date of birth", a, b, Agreement.Differs, Weight.Against, "against: another year");
        }

        if (m == n)
        {
            return m is { Month: 1, Day: 1 }
                ? new("Date of birth", a, b, Agreement.Same, Weight.Little, "little weight: 1 January is often an estimate")
                : new("Date of birth", a, b, Agreement.Same, Weight.For, "for");
        }

        if (m.Year == n.Year && m.Month == n.Day && m.Day == n.Month)
            return new("Date of birth", a, b, Agreement.Differs, Weight.Against, "against: but day and month are swapped");
        var parts = (m.Year == n.Year ? 1 : 0) + (m.Month == n.Month ? 1 : 0) + (m.Day == n.Day ? 1 : 0);
        return parts == 2
            ? new("Date of birth", a, b, Agreement.Differs, Weight.Against, "against: one part differs")
            : new("Date of birth", a, b, Agreement.Differs, Weight.StrongAgainst, "strong against");
    }

    private static EvidenceRow Surname(Demographics one, Demographics other)
    {
        var (a, b) = (WithOthers(one), WithOthers(other));
        if (one.FamilyName is null || other.FamilyName is null)
            return new("Surname", a, b, Agreement.Missing, Weight.None, "no weight: one side only");
        if (NameKeys.IsPlaceholder(one.FamilyName) || NameKeys.IsPlaceholder(other.FamilyName))
            return new("Surname", a, b, Agreement.Missing, Weight.None, "no weight: stands for a name that is not known");
        if (NameKeys.SameWords(one.FamilyName, other.FamilyName))
            return new("Surname", a, b, Agreement.Same, Weight.For, "for");
        var (keys, others) = (NameKeys.OfFamily(one.FamilyName, one.OtherFamilyNames), NameKeys.OfFamily(other.FamilyName, other.OtherFamilyNames));
        if (keys.Intersect(others).Any())
            return new("Surname", a, b, Agreement.Close, Weight.For, "for: known by both names, or part of a double name");
        return keys.Any(k => others.Any(o => k.Length > 2 && o.Length > 2 && k[..3] == o[..3]))
            ? new("Surname", a, b, Agreement.Close, Weight.Little, "little weight: begins the same")
            : new("Surname", a, b, Agreement.Differs, Weight.Against, "against");

        static string? WithOthers(Demographics person) => person.OtherFamilyNames is { Count: > 0 } names
            ? $"{person.FamilyName} (also {string.Join(", ", names)})" : person.FamilyName;
    }

    private static EvidenceRow GivenNames(Demographics one, Demographics other)
    {
        var (a, b) = (one.GivenNames, other.GivenNames);
        if (a is null || b is null)
            return new("First names", a, b, Agreement.Missing, Weight.None, "no weight: one side only");
        if (NameKeys.OfGiven(a) is not { } first || NameKeys.OfGiven(b) is not { } second)
            return new("First names", a, b, Agreement.Missing, Weight.None, "no weight: stands for a name not given yet");
        if (NameKeys.SameWords(a, b))
            return new("First names", a, b, Agreement.Same, Weight.For, "for");
        if (first == second || NameKeys.OfAllGiven(a).Intersect(NameKeys.OfAllGiven(b)).Any())
            return new("First names", a, b, Agreement.Close, Weight.For, "for");
        return first[0] == second[0]
            ? new("First names", a, b, Agreement.Close, Weight.Little, "little weight: the initial")
            : new("First names", a, b, Agreement.Differs, Weight.Against, "against: twins differ in this alone");
    }

    private static EvidenceRow Sex(Demographics one, Demographics other) => Plain("Sex", one.Gender, other.Gender, Weight.Little, "little weight", Weight.Against, "against");

    private static EvidenceRow Address(Demographics one, Demographics other)
    {
        var (a, b) = (Whole(one), Whole(other));
        if (a is null || b is null)
            return new("Address", a, b, Agreement.Missing, Weight.None, "no weight: one side only");
        if (NameKeys.SameWords(a, b))
            return new("Address", a, b, Agreement.Same, Weight.For, "for");
        return one.Postcode is not null && one.Postcode == other.Postcode
            ? new("Address", a, b, Agreement.Close, Weight.For, "for: the same postcode")
            : new("Address", a, b, Agreement.Differs, Weight.Little, "little weight: people move");

        static string? Whole(Demographics person) => (person.Address, person.Postcode) switch
        {
            (null, null) => null,
            ({ } lines, { } code) => $"{lines}, {code}",
            var (lines, code) => lines ?? code,
        };
    }

    private static EvidenceRow Phone(Demographics one, Demographics other)
    {
        string[] Of(Demographics person) => [.. new[] { person.Telephone, person.Mobile }.OfType<string>()];
        var (mine, theirs) = (Of(one), Of(other));
        var (a, b) = (mine.Length == 0 ? null : string.Join(", ", mine), theirs.Length == 0 ? null : string.Join(", ", theirs));
        if (a is null || b is null)
            return new("Phone", a, b, Agreement.Missing, Weight.None, "no weight: one side only");
        return mine.Any(m => theirs.Any(t => NameKeys.SameWords(m, t)))
            ? new("Phone", a, b, Agreement.Same, Weight.For, "for")
            : new("Phone", a, b, Agreement.Differs, Weight.Little, "little weight");
    }

    private static EvidenceRow Practice(Demographics one, Demographics other) => Plain(
        "GP practice", one.PracticeName ?? one.PracticeCode, other.PracticeName ?? other.PracticeCode, Weight.Little, "little weight", Weight.Little, "little weight");

    private static EvidenceRow Living(Demographics one, Demographics other)
    {
        var (a, b) = (Words(one), Words(other));
        var (died, theyDied) = (IsDead(one), IsDead(other));
        if (died != theyDied)
            return new("Living", a, b, Agreement.Differs, Weight.StrongAgainst, "strong against: ask both");
        if (!died)
            return new("Living", a, b, Agreement.Same, Weight.None, "no weight");
        return one.DiedOn is { } x && other.DiedOn is { } y && x.DayInLondon != y.DayInLondon
            ? new("Living", a, b, Agreement.Differs, Weight.StrongAgainst, "strong against: died on different days")
            : new("Living", a, b, Agreement.Same, Weight.For, "for");

        static bool IsDead(Demographics person) => person.Deceased == true || person.DiedOn is not null;

        static string Words(Demographics person) => person.DiedOn is { } day ? $"Died {Day(day)}" : IsDead(person) ? "Died" : "Not recorded as dead";
    }

    private static EvidenceRow Plain(string detail, string? a, string? b, Weight same, string sameWords, Weight differs, string differsWords) =>
        a is null || b is null ? new(detail, a, b, Agreement.Missing, Weight.None, "no weight: one side only")
        : NameKeys.SameWords(a, b) ? new(detail, a, b, Agreement.Same, same, sameWords)
        : new(detail, a, b, Agreement.Differs, differs, differsWords);

    /// <summary>dd-Mmm-yyyy (CUI DAT-0001), as precise as it is known.</summary>
    private static string? Day(ClinicalDate? date) => date is not { } d ? null : d.Precision switch
    {
        DatePrecision.Year => d.Value.ToString("yyyy", System.Globalization.CultureInfo.InvariantCulture),
        DatePrecision.Month => d.Value.ToString("MMM-yyyy", System.Globalization.CultureInfo.InvariantCulture),
        _ => d.DayInLondon.ToString("dd-MMM-yyyy", System.Globalization.CultureInfo.InvariantCulture),
    };
}

using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>What matching and search look at of an identity: drawn from its demographics as folded, and from nothing else.</summary>
internal sealed record Trait
{
    public static readonly Trait None = new();

    /// <summary>Ten digits with a valid check digit.</summary>
    public string? NhsNumber { get; init; }

    /// <summary>NHS NUMBER STATUS INDICATOR: 01 is traced and verified, 08 a baby under six weeks, who may have no number yet.</summary>
    public string? NhsNumberStatus { get; init; }

    /// <summary>In its storage form, as precise as it is known.</summary>
    public string? BornOn { get; init; }

    /// <summary>Ordered; empty for a placeholder.</summary>
    public IReadOnlyList<string> FamilyKeys { get; init; } = [];

    public string? GivenKey { get; init; }

    public string? FamilyName { get; init; }

    public string? GivenNames { get; init; }

    public string? Gender { get; init; }

    public string? Postcode { get; init; }

    public bool? Deceased { get; init; }

    /// <summary>The given name stands for none (Baby, Twin One): such a record is not linked by a machine.</summary>
    public bool HasPlaceholderName => NameKeys.IsPlaceholder(GivenNames) || NameKeys.IsPlaceholder(FirstOf(GivenNames));

    /// <summary>Traced against the register and found right.</summary>
    public bool IsVerified => NhsNumber is not null && NhsNumberStatus == "01";

    /// <summary>A name that stands for none, or a number whose tracing waits because the baby is under six weeks.</summary>
    public bool IsNewborn => HasPlaceholderName || NhsNumberStatus == "08";

    /// <summary>Only a whole day can agree.</summary>
    public string? BirthDay => BornOn is { Length: 10 } ? BornOn : null;

    /// <summary>The day a birthday is put on when only the year is known.</summary>
    public bool HasEstimatedBirthDay => BirthDay is { } day && day.EndsWith("-01-01", StringComparison.Ordinal);

    public static Trait Of(Demographics? person) => person is null ? None : new Trait
    {
        NhsNumber = Values.NhsNumberOf(person.NhsNumber),
        NhsNumberStatus = Values.NhsNumberOf(person.NhsNumber) is null && person.NhsNumberStatus != "08" ? null : person.NhsNumberStatus,
        BornOn = person.BornOn is not { } born ? null
            : born.Precision >= DatePrecision.Day ? ClinicalDate.OfDay(born.DayInLondon).ToString() : born.ToString(),
        FamilyKeys = NameKeys.OfFamily(person.FamilyName, person.OtherFamilyNames),
        GivenKey = NameKeys.OfGiven(person.GivenNames),
        FamilyName = person.FamilyName,
        GivenNames = person.GivenNames,
        Gender = person.Gender,
        Postcode = person.Postcode,
        Deceased = person.Deceased,
    };

    public bool Equals(Trait? other) => other is not null && NhsNumber == other.NhsNumber && NhsNumberStatus == other.NhsNumberStatus && BornOn == other.BornOn
        && FamilyKeys.SequenceEqual(other.FamilyKeys) && GivenKey == other.GivenKey && FamilyName == other.FamilyName
        && GivenNames == other.GivenNames && Gender == other.Gender && Postcode == other.Postcode && Deceased == other.Deceased;

    public override int GetHashCode() => HashCode.Combine(NhsNumber, BornOn, FamilyName, GivenNames, Postcode);

    private static string? FirstOf(string? names) => names?.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    private static class Values
    {
        /// <summary>Adapters state valid numbers only; a number that is not is no evidence.</summary>
        public static string? NhsNumberOf(string? text) =>
            Record.Values.NhsNumber.TryParse(text, out var number) ? number.Value.Digits : null;
    }
}

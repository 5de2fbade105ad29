using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>What matching and search look at of an identity: drawn from its demographics as folded, and from nothing else.</summary>
internal sealed record Trait
{
    public static readonly Trait None = new();

    /// <summary>Ten digits with a valid check digit.</summary>
    public string? NhsNumber { get; init; }

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

    /// <summary>Only a whole day can agree.</summary>
    public string? BirthDay => BornOn is { Length: 10 } ? BornOn : null;

    public static Trait Of(Demographics? person) => person is null ? None : new Trait
    {
        NhsNumber = Values.NhsNumberOf(person.NhsNumber),
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

    public bool Equals(Trait? other) => other is not null && NhsNumber == other.NhsNumber && BornOn == other.BornOn
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

using CsCheck;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Tests.Matching;

public sealed class MatcherTests
{
    private const string Number = "9990000018";
    private const string OtherNumber = "9990000026";

    [Theory]
    [InlineData("Hardwick", "HARDWICK")]
    [InlineData("O'Connor", "OConnor")]
    [InlineData("O\u2019Connor", "O'CONNOR")]
    [InlineData("Müller", "Muller")]
    [InlineData("Łęcki", "Lecki")]
    [InlineData("Hardwick-Legg", "Hardwick Legg")]
    [InlineData("Hardwick-Legg", "Legg")]
    [InlineData("Hardwick", "Hardwick-Legg")]
    [InlineData("de la Mare", "De La Mare")]
    public void When_surnames_are_written_differently_then_they_agree(string one, string other) =>
        Assert.Equal(Match.Definite, Matcher.Compare(Trait(family: one), Trait(family: other)).Match);

    [Theory]
    [InlineData("Hardwick", "Harwick")]
    [InlineData("van Dijk", "van den Berg")]
    [InlineData("Legg", "Hardwick")]
    [InlineData("BABY", "BABY")]
    [InlineData("Unknown", "Unknown")]
    [InlineData("ZZTEST", "ZZTEST")]
    [InlineData("ZZ-Hardwick", "ZZ-Hardwick")]
    [InlineData(null, null)]
    [InlineData("Hardwick", null)]
    public void When_surnames_do_not_agree_or_stand_for_none_then_a_human_looks(string? one, string? other) =>
        Assert.Equal(Match.Possible, Matcher.Compare(Trait(family: one), Trait(family: other)).Match);

    [Fact]
    public void When_a_maiden_name_agrees_then_it_is_the_same_person()
    {
        var married = Trait(family: "Hardwick", others: ["Legg"]);

        Assert.Equal(Match.Definite, Matcher.Compare(married, Trait(family: "Legg")).Match);
    }

    [Theory]
    [InlineData("1937-03-14", "1937-03-15")]
    [InlineData("1937-03-14", "1937-03")]
    [InlineData("1937", "1937")]
    [InlineData("1937-03-14", null)]
    public void When_birth_dates_are_not_the_same_whole_day_then_a_human_looks(string one, string? other) =>
        Assert.Equal(Match.Possible, Matcher.Compare(Trait(born: one), Trait(born: other)).Match);

    [Theory]
    [InlineData("Baby")]
    [InlineData("BABY OF EDITH")]
    [InlineData("Twin One")]
    public void When_a_given_name_stands_for_none_then_a_human_looks(string given) =>
        Assert.Equal(Match.Possible, Matcher.Compare(Trait(given: given), Trait(given: given)).Match);

    [Fact]
    public void When_numbers_differ_then_all_else_alike_means_nothing() =>
        Assert.Equal(Match.None, Matcher.Compare(Trait(), Trait(number: OtherNumber)).Match);

    [Fact]
    public void When_a_number_is_missing_then_alike_people_wait_for_a_human_and_never_link()
    {
        var comparison = Matcher.Compare(Trait(), Trait(number: null));

        Assert.Equal((Match.Possible, Matcher.Similar), (comparison.Match, comparison.Rule));
    }

    [Theory]
    [InlineData("Edith", "Male", "DT1 1AA", "1937-03-14")]
    [InlineData("Edith", "Female", "BH8 8AA", "1937-03-14")]
    [InlineData("Edith", "Female", null, "1937-03-14")]
    [InlineData("Edith", "Female", "DT1 1AA", "1938-03-14")]
    public void When_a_number_is_missing_and_something_differs_then_they_are_apart(string given, string gender, string? postcode, string born) =>
        Assert.Equal(Match.None, Matcher.Compare(
            Trait(), Trait(number: null, given: given, born: born) with { Gender = gender, Postcode = postcode }).Match);

    [Theory]
    [InlineData("01", "01", Match.Definite)]
    [InlineData("01", "02", Match.Possible)]
    [InlineData("03", "01", Match.Possible)]
    [InlineData(null, null, Match.Possible)]
    internal void When_a_surname_is_misspelt_then_only_numbers_both_traced_bear_it(string? one, string? other, Match expected) =>
        Assert.Equal(expected, Matcher.Compare(
            Trait(family: "Hardwick") with { NhsNumberStatus = one }, Trait(family: "Hardwicke") with { NhsNumberStatus = other }).Match);

    [Theory]
    [InlineData("Harrison", "Edith", Match.Definite)]
    [InlineData("Harrison", "Maud", Match.Possible)]
    [InlineData("Horrison", "Edith", Match.Possible)]
    internal void When_numbers_are_traced_then_three_letters_and_an_initial_are_enough_and_less_is_not(string family, string given, Match expected) =>
        Assert.Equal(expected, Matcher.Compare(
            Trait() with { NhsNumberStatus = "01" }, Trait(family: family, given: given) with { NhsNumberStatus = "01" }).Match);

    [Theory]
    [InlineData("02", Match.Possible)]
    [InlineData("01", Match.Definite)]
    internal void When_a_birth_date_is_the_first_of_january_then_it_may_be_an_estimate(string status, Match expected) =>
        Assert.Equal(expected, Matcher.Compare(
            Trait(born: "1937-01-01") with { NhsNumberStatus = status }, Trait(born: "1937-01-01") with { NhsNumberStatus = "01" }).Match);

    [Fact]
    public void When_a_number_is_of_a_baby_under_six_weeks_then_a_human_looks() =>
        Assert.Equal(Match.Possible, Matcher.Compare(Trait() with { NhsNumberStatus = "08" }, Trait()).Match);

    [Theory]
    [InlineData("Thomas", "Female", "02", Match.Possible)]
    [InlineData("Thomas", "Male", "01", Match.Possible)]
    [InlineData("Thomas", "Female", "01", Match.Definite)]
    [InlineData("Maud Edith", "Female", "02", Match.Definite)]
    internal void When_a_twin_has_the_others_number_then_the_given_name_tells(string given, string gender, string status, Match expected) =>
        Assert.Equal(expected, Matcher.Compare(
            Trait() with { NhsNumberStatus = status }, Trait(given: given) with { Gender = gender, NhsNumberStatus = status }).Match);

    [Theory]
    [InlineData("Baby", "BH8 8AA", Matcher.Baby)]
    [InlineData("Twin One", null, Matcher.Baby)]
    [InlineData("Thomas", "DT1 1AA", Matcher.Twins)]
    public void When_there_is_no_number_then_babies_and_twins_wait_for_a_human(string given, string? postcode, string rule)
    {
        var comparison = Matcher.Compare(Trait(), Trait(number: null, given: given) with { Postcode = postcode });

        Assert.Equal((Match.Possible, rule), (comparison.Match, comparison.Rule));
    }

    [Fact]
    public void When_two_are_compared_then_it_does_not_matter_which_is_first() => TraitGen.Select(TraitGen).Sample((one, other) =>
        Assert.Equal(Matcher.Compare(one, other), Matcher.Compare(other, one)));

    [Fact]
    public void When_an_nhs_number_has_a_wrong_check_digit_then_it_is_no_evidence()
    {
        var wrong = Projection.Matching.Trait.Of(new Demographics { NhsNumber = "9990000019", FamilyName = "Hardwick" });

        Assert.Null(wrong.NhsNumber);
    }

    private static Trait Trait(
        string? number = Number, string? family = "Hardwick", string? given = "Edith", string? born = "1937-03-14", IReadOnlyList<string>? others = null) =>
        Projection.Matching.Trait.Of(new Demographics
        {
            NhsNumber = number,
            FamilyName = family,
            GivenNames = given,
            OtherFamilyNames = others,
            BornOn = ClinicalDate.TryParse(born, out var date) ? date : null,
            Gender = "Female",
            Postcode = "DT1 1AA",
        });

    private static readonly Gen<Trait> TraitGen = Gen.Select(
        One(Number, OtherNumber, null), One("Hardwick", "Hardwicke", "Legg", "Baby"), One("Edith", "Thomas", "Baby", null),
        One("1937-03-14", "1937-01-01", null), One("01", "02", "08", null),
        (number, family, given, born, status) => Trait(number, family, given, born) with { NhsNumberStatus = status });

    private static Gen<string?> One(params string?[] some) => Gen.Int[0, some.Length - 1].Select(i => some[i]);
}

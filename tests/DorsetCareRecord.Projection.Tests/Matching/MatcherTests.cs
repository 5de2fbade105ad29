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
        Assert.Equal(Verdict.Same, Matcher.Compare(Trait(family: one), Trait(family: other)).Verdict);

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
        Assert.Equal(Verdict.Unsure, Matcher.Compare(Trait(family: one), Trait(family: other)).Verdict);

    [Fact]
    public void When_a_maiden_name_agrees_then_it_is_the_same_person()
    {
        var married = Trait(family: "Hardwick", others: ["Legg"]);

        Assert.Equal(Verdict.Same, Matcher.Compare(married, Trait(family: "Legg")).Verdict);
    }

    [Theory]
    [InlineData("1937-03-14", "1937-03-15")]
    [InlineData("1937-03-14", "1937-03")]
    [InlineData("1937", "1937")]
    [InlineData("1937-03-14", null)]
    public void When_birth_dates_are_not_the_same_whole_day_then_a_human_looks(string one, string? other) =>
        Assert.Equal(Verdict.Unsure, Matcher.Compare(Trait(born: one), Trait(born: other)).Verdict);

    [Theory]
    [InlineData("Baby")]
    [InlineData("BABY OF EDITH")]
    [InlineData("Twin One")]
    public void When_a_given_name_stands_for_none_then_a_human_looks(string given) =>
        Assert.Equal(Verdict.Unsure, Matcher.Compare(Trait(given: given), Trait(given: given)).Verdict);

    [Fact]
    public void When_numbers_differ_then_all_else_alike_means_nothing() =>
        Assert.Equal(Verdict.Apart, Matcher.Compare(Trait(), Trait(number: OtherNumber)).Verdict);

    [Fact]
    public void When_a_number_is_missing_then_alike_people_wait_for_a_human_and_never_link()
    {
        var comparison = Matcher.Compare(Trait(), Trait(number: null));

        Assert.Equal((Verdict.Unsure, Matcher.Similar), (comparison.Verdict, comparison.Evidence));
    }

    [Theory]
    [InlineData("Thomas", "Female", "DT1 1AA", "1937-03-14")]
    [InlineData("Edith", "Male", "DT1 1AA", "1937-03-14")]
    [InlineData("Edith", "Female", "BH8 8AA", "1937-03-14")]
    [InlineData("Edith", "Female", null, "1937-03-14")]
    [InlineData("Edith", "Female", "DT1 1AA", "1938-03-14")]
    public void When_a_number_is_missing_and_something_differs_then_they_are_apart(string given, string gender, string? postcode, string born) =>
        Assert.Equal(Verdict.Apart, Matcher.Compare(
            Trait(), Trait(number: null, given: given, born: born) with { Gender = gender, Postcode = postcode }).Verdict);

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
}

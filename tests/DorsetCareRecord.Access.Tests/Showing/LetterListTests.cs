using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

public sealed class LetterListTests
{
    private static readonly Entry<Letter> Clinic = Of(LetterKind.Clinic, "Heart failure clinic", "Cardiology", 10, "a");
    private static readonly Entry<Letter> Discharge = Of(LetterKind.Discharge, "Discharge summary", "Cardiology", 200, "b");
    private static readonly Entry<Letter> Newest = Of(LetterKind.Clinic, "Falls clinic", null, 1, "c", replaces: "a");

    [Fact]
    public void When_letters_are_grouped_by_type_then_discharge_letters_come_first_and_the_newest_first_in_each()
    {
        var list = List();

        Assert.Equal(["Discharge letters", "Clinic letters"], list.Groups.Select(group => group.Heading));
        Assert.Equal(["Falls clinic", "Heart failure clinic"], list.Groups[1].Letters.Select(letter => letter.Entry.Item.Title));
    }

    [Theory]
    [InlineData(LetterGrouping.Service, "Cardiology|Service not stated")]
    [InlineData(LetterGrouping.Date, "Nov-2026|May-2026")]
    [InlineData(LetterGrouping.Organisation, "Dorset County Hospital")]
    public void When_letters_are_grouped_otherwise_then_each_group_has_its_name(LetterGrouping grouping, string headings) =>
        Assert.Equal(headings.Split('|'), List(grouping).Groups.Select(group => group.Heading));

    [Theory]
    [InlineData(LetterPeriod.Hours72, 1)]
    [InlineData(LetterPeriod.Days14, 2)]
    [InlineData(LetterPeriod.Months3, 2)]
    [InlineData(LetterPeriod.All, 3)]
    public void When_the_list_is_cut_to_a_period_then_it_still_says_how_many_there_are(LetterPeriod period, int shown)
    {
        var list = List(period: period);

        Assert.Equal((shown, 3), (list.Shown, list.OfAll));
    }

    [Fact]
    public void When_a_newer_letter_replaces_one_then_the_older_is_superseded_and_leads_to_it()
    {
        var letters = List().Groups.SelectMany(group => group.Letters).ToDictionary(letter => letter.Entry.Id);

        Assert.True(letters[Clinic.Id].IsSuperseded);
        Assert.Equal(Newest.Id, letters[Clinic.Id].ReplacedBy);
        Assert.False(letters[Newest.Id].IsSuperseded);
    }

    [Theory]
    [InlineData("CARDIOLOGY discharge", 1)]
    [InlineData("clinic", 2)]
    [InlineData("nothing of the kind", 0)]
    public void When_words_are_typed_then_each_of_them_must_be_in_what_the_list_says(string words, int shown) =>
        Assert.Equal(shown, List(words: words).Shown);

    [Theory]
    [InlineData("Re: HARDWICK, NHS No. 999 000 0018, seen today", LetterOwner.SameNhsNumber)]
    [InlineData("NHS 9990000018 and her son 9990000026", LetterOwner.SameNhsNumber)]
    [InlineData("NHS number 999-000-0026", LetterOwner.OtherNhsNumber)]
    [InlineData("Ring 01632 960114 or 9990000027", LetterOwner.NothingToCompare)]
    [InlineData("Accession 19990000026", LetterOwner.NothingToCompare)]
    [InlineData(null, LetterOwner.NothingToCompare)]
    public void When_a_letter_is_opened_then_H20_its_nhs_number_is_held_against_the_persons(string? words, LetterOwner owner)
    {
        Assert.True(NhsNumber.TryParse("9990000018", out var edith));

        Assert.Equal(owner, LetterOwners.Of(words, edith));
    }

    private static LetterList List(LetterGrouping grouping = default, LetterPeriod period = default, string? words = null) =>
        LetterList.Of(Entries.Read(Section.Letters, Clinic, Discharge, Newest), new HashSet<Guid>(), grouping, period, words, Entries.Now);

    private static Entry<Letter> Of(LetterKind kind, string title, string? department, int daysAgo, string key, string? replaces = null) =>
        Entries.Of(new Letter
        {
            Kind = kind, Title = title, Department = department, Status = LetterStatus.Final, Replaces = replaces,
            WrittenAt = ClinicalDate.OfInstant(Entries.Now.AddDays(-daysAgo)),
        }, "systemc", daysAgo, key: key);
}

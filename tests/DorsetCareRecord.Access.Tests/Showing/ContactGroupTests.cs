using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using Xunit;

namespace DorsetCareRecord.Access.Tests.Showing;

public sealed class ContactGroupTests
{
    private static readonly Contact Son = new()
    {
        Role = ContactRole.NextOfKin, Name = "Thomas Hardwick", Relationship = "Son", Telephone = "01632 960001",
    };

    [Fact]
    public void When_two_sources_say_the_same_of_a_person_then_they_are_shown_once_with_both()
    {
        var group = Assert.Single(ContactGroup.Of(
            [Said(SourceCodes.Gp, Son), Said(SourceCodes.SystemC, Son with { Name = "Mr Thomas Hardwick", Telephone = "01632960001" })]));

        Assert.Equal([SourceCodes.Gp, SourceCodes.SystemC], group.Entries.Select(e => e.Source).Order());
        Assert.Equal("Mr Thomas Hardwick", group.Lead.Item.Name);
    }

    [Fact]
    public void When_one_source_knows_more_numbers_than_another_then_it_is_one_person_with_all_of_them()
    {
        var group = Assert.Single(ContactGroup.Of(
            [Said(SourceCodes.SocialCareDorset, Son), Said(SourceCodes.Gp, Son with { Name = "Mr Thomas Hardwick", Mobile = "07700 900001" })]));

        Assert.Equal("07700 900001", group.Lead.Item.Mobile);
        Assert.Equal(2, ContactGroup.Of([Said(SourceCodes.Gp, Son), Said(SourceCodes.SystemC, Son with { Telephone = null })]).Count);
    }

    [Theory]
    [InlineData("Thomas Hardwick", "01632 960002")]
    [InlineData("Tom Hardwick", "01632 960001")]
    public void When_anything_differs_then_both_stand(string name, string telephone) =>
        Assert.Equal(2, ContactGroup.Of(
            [Said(SourceCodes.Gp, Son), Said(SourceCodes.SystemC, Son with { Name = name, Telephone = telephone })]).Count);

    [Theory]
    [InlineData("hardwick", "EDITH MARY", "MRS", "HARDWICK, Edith Mary (Mrs)")]
    [InlineData("O'Connor", "Zoë Anne", "Ms", "O'CONNOR, Zoë Anne (Ms)")]
    [InlineData("Hardwick", "E J", null, "HARDWICK, E J")]
    [InlineData("Hardwick", "ANNE-MARIE", "", "HARDWICK, Anne-Marie")]
    public void When_a_source_knows_capitals_only_then_the_given_names_are_still_readable(string family, string given, string? title, string shown) =>
        Assert.Equal(shown, PersonName.Of(family, given, title));

    [Theory]
    [InlineData("RDZ", "Emergency Department", "Royal Bournemouth, Emergency Department")]
    [InlineData("RDZ01", null, "Royal Bournemouth")]
    [InlineData("Christchurch Hospital", "Ward 3", "Christchurch Hospital, Ward 3")]
    [InlineData(null, "Ward 3", "Royal Bournemouth, Ward 3")]
    public void When_a_site_is_a_code_then_its_name_is_shown(string? site, string? location, string shown) =>
        Assert.Equal(shown, EncounterWords.Where(new Encounter { Site = site, Location = location }, SourceCodes.Camis));

    [Theory]
    [InlineData(EncounterKind.GeneralPractice, "Surgery consultation", null, "Medication review", "GP surgery consultation, Medication review")]
    [InlineData(EncounterKind.Emergency, "Emergency medicine", "Emergency Department", "Palpitations", "Emergency Department, Palpitations")]
    [InlineData(EncounterKind.Emergency, null, "Minor injuries", "Fall", "Emergency, Minor injuries, Fall")]
    [InlineData(EncounterKind.Inpatient, "Cardiology", "Ilchester ward", "Cardiology", "Inpatient, Cardiology, Ilchester ward")]
    public void When_a_source_says_one_thing_twice_then_the_line_says_it_once(EncounterKind kind, string? specialty, string? location, string reason, string line) =>
        Assert.Equal(line, EncounterWords.Line(new Encounter { Kind = kind, Specialty = specialty, Location = location, Reason = reason }));

    private static Entry<Contact> Said(string source, Contact contact) => new(
        Guid.CreateVersion7(), "1", source, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Message: 1, Ended: false, contact);
}

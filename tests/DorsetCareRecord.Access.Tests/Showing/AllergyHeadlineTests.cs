using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>Hazard H06: "no known" must never hide an allergy, and emptiness must never look like "no known".</summary>
public sealed class AllergyHeadlineTests
{
    [Fact]
    public void When_one_source_says_none_and_another_knows_one_then_the_allergy_wins_and_the_contradiction_shows()
    {
        var headline = Of(None("systemc"), Known("Penicillin", "gp"));

        Assert.Equal("Known allergies", headline.Text);
        Assert.True(headline.IsContradicted);
        Assert.Single(headline.SaidNone);
    }

    [Theory]
    [InlineData(AllergyStatus.Active, "Known allergies")]
    [InlineData(AllergyStatus.NotStated, "Known allergies")]
    [InlineData(AllergyStatus.Resolved, "No known allergies")]
    [InlineData(AllergyStatus.Refuted, "No known allergies")]
    [InlineData(AllergyStatus.EnteredInError, "No known allergies")]
    public void When_an_allergy_is_in_a_state_then_the_label_follows_it(AllergyStatus status, string label) =>
        Assert.Equal(label, Of(None("systemc"), Known("Penicillin", "gp", status)).Text);

    [Fact]
    public void When_only_an_ended_allergy_is_known_then_it_is_kept_and_the_label_does_not_say_none()
    {
        var headline = Of(Entries.Of(Positive("Trimethoprim"), ended: true));

        Assert.Equal("Allergies not recorded", headline.Text);
        Assert.Single(headline.Past);
    }

    [Fact]
    public void When_nobody_said_anything_then_the_label_says_so() => Assert.Equal("Allergies not recorded", Of().Text);

    [Theory]
    [InlineData(SectionState.Unavailable)]
    [InlineData(SectionState.Withheld)]
    [InlineData(SectionState.NotForYourRole)]
    [InlineData(SectionState.NotAsked)]
    public void When_allergies_were_not_read_then_the_label_never_says_none(SectionState state) =>
        Assert.Equal("Allergies unavailable", AllergyHeadline.Of(Entries.In<Allergy>(Section.Allergies, state)).Text);

    [Theory]
    [InlineData(NoticeKind.ConfidentialItems, Section.Allergies, "gp", "Allergies not recorded")]
    [InlineData(NoticeKind.DataInTransit, Section.Allergies, "gp", "Allergies not recorded")]
    [InlineData(NoticeKind.DegradedItems, Section.Allergies, "gp", "Allergies not recorded")]
    [InlineData(NoticeKind.NothingRecorded, Section.Allergies, "gp", "No known allergies")]
    [InlineData(NoticeKind.DataInTransit, Section.Medicines, "gp", "No known allergies")]
    [InlineData(NoticeKind.DataInTransit, Section.Allergies, "systemc", "No known allergies")]
    public void When_a_source_says_none_but_its_list_may_lack_items_then_that_is_no_answer(NoticeKind kind, Section about, string source, string label)
    {
        var notice = Entries.Of(new Notice { About = about, Kind = kind }, source);

        var headline = AllergyHeadline.Of(Entries.Read(Section.Allergies, None("gp")), Entries.Read(Section.Demographics, notice));

        Assert.Equal(label, headline.Text);
        Assert.Single(headline.SaidNone.Select(none => none.Entry).Concat(headline.Doubted));
    }

    [Fact]
    public void When_one_of_two_that_say_none_is_doubtful_then_the_other_counts()
    {
        var notice = Entries.Of(new Notice { About = Section.Allergies, Kind = NoticeKind.DataInTransit }, "gp");

        var headline = AllergyHeadline.Of(Entries.Read(Section.Allergies, None("gp"), None("systemc")), Entries.Read(Section.Demographics, notice));

        Assert.Equal(("No known allergies", "gp"), (headline.Text, Assert.Single(headline.Doubted).Source));
    }

    [Fact]
    public void When_several_are_known_then_the_gravest_comes_first()
    {
        var headline = Of(Known("Latex", "gp"), Entries.Of(Positive("Peanut") with { Severity = AllergySeverity.LifeThreatening }));

        Assert.Equal(["Peanut", "Latex"], headline.Known.Select(group => group.Substance));
    }

    private static AllergyHeadline Of(params Entry<Allergy>[] entries) => AllergyHeadline.Of(Entries.Read(Section.Allergies, entries));

    private static Entry<Allergy> None(string source) => Entries.Of(
        new Allergy { Kind = AllergyKind.NoKnownAllergies, Substance = "No known allergies", Status = AllergyStatus.Active }, source);

    private static Entry<Allergy> Known(string substance, string source, AllergyStatus status = AllergyStatus.Active) =>
        Entries.Of(Positive(substance) with { Status = status }, source);

    private static Allergy Positive(string substance) =>
        new() { Kind = AllergyKind.Allergy, Substance = substance, Status = AllergyStatus.Active };
}

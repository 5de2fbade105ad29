using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>Problems and allergies that several sources have: once, with every source, and never milder than anybody said.</summary>
public sealed class AlikeTests
{
    [Theory]
    [InlineData("Penicillin", "PENICILLIN")]
    [InlineData("Penicillin", "Allergy to penicillin")]
    [InlineData("Penicillin allergy", "penicillin")]
    public void When_two_sources_name_a_substance_alike_then_it_is_shown_once(string one, string other)
    {
        var group = Assert.Single(Allergies(Entries.Of(Allergic(one)), Entries.Of(Allergic(other), "systemc")));

        Assert.Equal(2, group.Entries.Count);
    }

    [Fact]
    public void When_one_source_says_mild_and_another_severe_then_it_is_severe_and_every_reaction_stays()
    {
        var group = Assert.Single(Allergies(
            Entries.Of(Allergic("Penicillin") with { Reaction = "rash", Severity = AllergySeverity.Mild }, daysAgo: 1),
            Entries.Of(Allergic("Penicillin") with { Reaction = "anaphylaxis", Severity = AllergySeverity.Severe }, "systemc", 4000)));

        Assert.True(group.IsGrave);
        Assert.Equal(AllergySeverity.Severe, group.Lead.Item.Severity);
        Assert.Equal(" — anaphylaxis; rash, severe", AllergyWords.Reactions(group));
        Assert.Equal("22-Nov-2026", group.Updated);
    }

    [Theory]
    [InlineData("anaphylaxis", null, true)]
    [InlineData("Angioedema of lips", null, true)]
    [InlineData("rash", "Severe", true)]
    [InlineData("rash", null, false)]
    [InlineData(null, "moderate", false)]
    public void When_no_severity_is_coded_then_the_words_are_heard(string? reaction, string? severity, bool isGrave) =>
        Assert.Equal(isGrave, Assert.Single(Allergies(Entries.Of(Allergic("Latex") with { Reaction = reaction, SeverityText = severity }))).IsGrave);

    [Fact]
    public void When_substances_are_not_the_same_words_then_they_stay_apart() =>
        Assert.Equal(2, Allergies(Entries.Of(Allergic("Penicillin")), Entries.Of(Allergic("Penicillin V"), "systemc")).Count);

    [Fact]
    public void When_a_code_joins_two_names_and_a_name_joins_a_third_then_they_are_one()
    {
        var code = new Coding("84114007", CodeSystems.SnomedCt, null);

        var group = Assert.Single(ProblemGroup.Of(
        [
            Entries.Of(Problem("Heart failure") with { Coding = code, OnsetOn = ClinicalDate.OfYear(2021) }), Entries.Of(Problem("Cardiac failure") with { Coding = code }, "systemc"),
            Entries.Of(Problem("CARDIAC FAILURE"), "camis"),
        ]));

        Assert.Equal(["gp", "systemc", "camis"], group.Entries.Select(entry => entry.Source));
    }

    /// <summary>Two falls are one line with both days; an onset, which somebody knows, is one day.</summary>
    [Fact]
    public void When_a_diagnosis_was_made_on_two_days_and_nobody_gives_an_onset_then_both_days_are_said()
    {
        var (first, second) = (ClinicalDate.OfDay(new DateOnly(2026, 10, 4)), ClinicalDate.OfDay(new DateOnly(2026, 11, 20)));
        var (fall, again) = (Entries.Of(Problem("Fall at home") with { RecordedOn = first }, "camis", daysAgo: 50), Entries.Of(Problem("Fall at home") with { RecordedOn = second }, "camis"));

        Assert.Equal((first, second), Assert.Single(ProblemGroup.Of([again, fall])).Days);
        Assert.Equal((first, null), Assert.Single(ProblemGroup.Of([fall])).Days);
        Assert.Equal((ClinicalDate.OfYear(2021), null), Assert.Single(ProblemGroup.Of([again, Entries.Of(Problem("Fall at home") with { OnsetOn = ClinicalDate.OfYear(2021), RecordedOn = first })])).Days);
    }

    [Fact]
    public void When_codes_of_two_systems_have_the_same_characters_then_they_are_not_the_same_thing() =>
        Assert.Equal(2, ProblemGroup.Of(
        [
            Entries.Of(Problem("One") with { Coding = new Coding("1", CodeSystems.Icd10, null) }), Entries.Of(Problem("Other") with { Coding = new Coding("1", CodeSystems.SnomedCt, null) }, "systemc"),
        ]).Count);

    [Theory]
    [InlineData("01305 251150", "01305 251150", "tel:01305251150")]
    [InlineData("+44 1305 251150", "01305 251150", "tel:01305251150")]
    [InlineData("+44 (0)1305 251150", "01305 251150", "tel:01305251150")]
    [InlineData("(01305) 251150", "01305 251150", "tel:01305251150")]
    [InlineData("01305 251150 ext 4", "01305 251150 ext 4", null)]
    [InlineData("ask the ward", "ask the ward", null)]
    public void TID_0001_When_a_telephone_number_is_shown_then_it_is_national_without_brackets_and_rings(string sent, string shown, string? dial) =>
        Assert.Equal((shown, dial), (Phone.Text(sent), Phone.Dial(sent)));

    private static IReadOnlyList<AllergyGroup> Allergies(params Entry<Allergy>[] entries) => AllergyGroup.Of(entries);

    private static Allergy Allergic(string to) => new() { Kind = AllergyKind.Allergy, Substance = to, Status = AllergyStatus.Active };

    private static Problem Problem(string text) => new() { Kind = ProblemKind.Problem, Text = text, Status = ProblemStatus.Active };
}

using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Tests.Rules;

public sealed class DecideTests
{
    /// <summary>The whole table, row by row in the order of <see cref="Section"/>; a dash is a refusal.</summary>
    [Theory]
    [InlineData(Role.Clinician, "All All All All All All All All All All All")]
    [InlineData(Role.Nurse, "All All All All All All All All All All All")]
    [InlineData(Role.Pharmacist, "All All All All All All - - DischargeOnly LastThree All")]
    [InlineData(Role.SocialWorker, "All All ActiveOnly All All - All All DischargeOnly DateAndService -")]
    [InlineData(Role.Clerical, "All All - - - - All - - DatesOnly -")]
    [InlineData(Role.Admin, "- - - - - - - - - - -")]
    [InlineData(Role.Privacy, "- - - - - - - - - - -")]
    [InlineData(Role.Operator, "- - - - - - - - - - -")]
    public void When_a_role_asks_for_each_section_then_the_table_answers(Role role, string expected)
    {
        var answers = Enum.GetValues<Section>().Order()
            .Select(section => Decide.Of(role, section))
            .Select(decision => decision.IsAllowed ? decision.Extent.ToString() : "-");

        Assert.Equal(expected, string.Join(' ', answers));
    }

    [Fact]
    public void When_a_role_or_section_has_no_rule_then_the_answer_is_no()
    {
        Assert.False(Decide.Of((Role)99, Section.Demographics).IsAllowed);
        Assert.False(Decide.Of(Role.Clinician, (Section)99).IsAllowed);
        Assert.False(Decide.Of(default, default).IsAllowed);
        Assert.False(default(Decision).IsAllowed);
    }

    [Fact]
    public void When_a_role_name_is_unknown_then_it_is_no_role()
    {
        Assert.Null(RoleNames.Find("superuser"));
        Assert.Null(RoleNames.Find("Clinician"));
        Assert.Null(RoleNames.Find(null));
    }
}

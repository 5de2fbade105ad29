using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>Hazard H05: what a source does not supply is named, and never reads as "none".</summary>
public sealed class SupplyTests
{
    [Theory]
    [InlineData(Section.Care, "services; equipment")]
    [InlineData(Section.Flags, "legal status")]
    [InlineData(Section.NextOfKin, "powers of attorney")]
    [InlineData(Section.Medicines, "")]
    public void When_a_council_supplies_some_files_and_columns_then_the_others_are_named(Section section, string missing)
    {
        var supplied = new Dictionary<string, IReadOnlyList<string>>
        {
            ["relationship.csv"] = ["relationship_id"], ["involvement.csv"] = [], ["assessment.csv"] = [], ["plan.csv"] = [], ["accommodation.csv"] = [],
            ["aboutme.csv"] = [], ["alert.csv"] = [],
        };

        var told = Supply.Missing(section, [SourceCodes.SocialCareDorset, SourceCodes.Gp], (_, file) => supplied.GetValueOrDefault(file), _ => true);

        Assert.Equal(missing, string.Join("; ", told.SelectMany(council => council.Kinds)));
        Assert.All(told, council => Assert.Equal("Dorset Council", council.Name));
    }

    [Fact]
    public void When_a_council_does_not_know_the_person_or_was_never_heard_then_nothing_is_said_of_it()
    {
        Assert.Empty(Supply.Missing(Section.Care, [SourceCodes.Gp], (_, _) => null, _ => true));
        Assert.Empty(Supply.Missing(Section.Care, [SourceCodes.SocialCarePoole], (_, _) => null, _ => false));
    }
}

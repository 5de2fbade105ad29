using System.Text;
using DorsetCareRecord.Simulator.County;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.Dialects.SocialCare;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Dialects;

/// <summary>Each council sends what its system has, adults and children apart.</summary>
public sealed class CouncilExtractTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero);
    private static readonly SyntheticCounty County = new(3, 4000, new DateOnly(2026, 11, 23));
    private static readonly IReadOnlyList<History> InCare = [.. County.People.Select(County.HistoryOf).Where(history => history.Council is not null)];

    [Theory]
    [InlineData("dcc", 13)]
    [InlineData("bbc", 11)]
    [InlineData("bop", 12)]
    public void When_a_council_sends_then_its_extract_has_the_files_its_system_has(string council, int files)
    {
        var extract = Files(CouncilExtract.Of(council, "FULL", Night, InCare));

        Assert.Equal(files, extract.Count);
        Assert.Equal(council != "bbc", extract.ContainsKey("equipment.csv"));
        Assert.Equal(council != "bop", extract.ContainsKey("accommodation.csv"));
        Assert.Equal(council != "bop", extract["service.csv"][0].Contains("planned_hours_per_week", StringComparison.Ordinal));
        Assert.All(extract.Values, lines => Assert.All(lines, line => Assert.Equal(Cells(lines[0]), Cells(line))));
    }

    [Fact]
    public void When_all_councils_send_then_every_kind_of_file_has_rows()
    {
        var rows = CouncilExtract.Councils.Keys
            .SelectMany(council => Files(CouncilExtract.Of(council, "FULL", Night, InCare)).Concat(Files(CouncilExtract.OfChildren(council, "FULL", Night, InCare))))
            .GroupBy(file => file.Key).Where(file => file.Sum(f => f.Value.Count - 1) == 0).Select(file => file.Key);

        Assert.Empty(rows);
    }

    [Fact]
    public void When_children_are_sent_then_no_adult_is_among_them_nor_a_child_among_adults()
    {
        var adults = CouncilExtract.Councils.Keys.SelectMany(c => Files(CouncilExtract.Of(c, "FULL", Night, InCare))["person.csv"].Skip(1)).Select(Id).ToHashSet();
        var children = CouncilExtract.Councils.Keys.SelectMany(c => Files(CouncilExtract.OfChildren(c, "FULL", Night, InCare))["ssd_person.csv"].Skip(1)).Select(Id).ToHashSet();

        Assert.NotEmpty(children);
        Assert.Empty(adults.Intersect(children));
        Assert.Equal(InCare.Count, adults.Count + children.Count);
    }

    private static string Id(string line) => line.Split(',')[0];

    private static int Cells(string line) => line.Split('"').Where((_, i) => i % 2 == 0).Sum(part => part.Count(c => c == ',')) + 1;

    private static Dictionary<string, List<string>> Files(Simulator.Writing.Csv.Extract extract) => extract.Files().ToDictionary(
        file => file.Name, file => Encoding.UTF8.GetString(file.Bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).ToList());
}

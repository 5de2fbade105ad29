using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Xunit;

namespace DorsetCareRecord.Record.Tests;

/// <summary>The doors between the rooms, as the table in docs/house.md has them, against the project files.</summary>
public sealed partial class HouseTests
{
    private const string Prefix = "DorsetCareRecord.";

    private static readonly string[] DataPackages =
        ["Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL", "EFCore.NamingConventions", "Hl7.Fhir.R4", "CsvHelper"];

    public static TheoryData<string> Rooms => [.. Table().Keys];

    [Fact]
    public void When_a_room_stands_in_src_then_the_map_names_it()
    {
        var rooms = Directory.GetDirectories(Path.Combine(Root, "src")).Select(d => Path.GetFileName(d)![Prefix.Length..]);

        Assert.Equal(rooms.Order(), Table().Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void When_a_room_refers_to_another_then_the_map_allows_it(string room)
    {
        var allowed = Table()[room];

        var seen = References(room, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Name)[Prefix.Length..]);

        Assert.Empty(seen.Except(allowed));
    }

    [Theory]
    [InlineData("Feeds")]
    [InlineData("Projection")]
    [InlineData("Access")]
    public void When_a_room_owns_tables_then_its_data_packages_do_not_leak(string room)
    {
        var leaking = References(room, "ProjectReference", "PackageReference")
            .Where(r => DataPackages.Contains(r.Name) && r.PrivateAssets is not ("compile" or "all"));

        Assert.Empty(leaking);
    }

    [Fact]
    public void When_the_words_of_the_record_are_built_then_they_need_no_package() =>
        Assert.Empty(References("Record", "PackageReference"));

    /// <summary>A hazard's control that names a test nobody runs is no control.</summary>
    [Fact]
    public void When_a_page_names_a_test_then_there_is_one()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        var named = Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .SelectMany(page => TestName().Matches(File.ReadAllText(page))).Select(match => match.Groups[1].Value).Where(name => name.Contains("_then_", StringComparison.Ordinal)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !tests.Contains($" {name}(", StringComparison.Ordinal));
    }

    [Fact]
    public void When_a_project_is_built_then_only_what_it_names_itself_is_visible()
    {
        var shared = Load(Path.Combine(Root, "Directory.Build.props"));

        Assert.Equal("true", shared.Descendants("DisableTransitiveProjectReferences").Single().Value);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Load),
            project => project.Descendants("DisableTransitiveProjectReferences").Any());
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "DorsetCareRecord.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the clone.");
            return folder.FullName;
        }
    }

    /// <summary>Room to the rooms it may see, from the first table of docs/house.md.</summary>
    private static Dictionary<string, string[]> Table() => File.ReadLines(Path.Combine(Root, "docs", "house.md"))
        .SkipWhile(l => !l.StartsWith("## Rooms", StringComparison.Ordinal))
        .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
        .Where(c => c.Length > 4 && RoomName().IsMatch(c[1]))
        .TakeWhile(c => c.Length > 4)
        .GroupBy(c => c[1].Trim('`'))
        .ToDictionary(g => g.Key, g => g.First()[3] == "nothing"
            ? []
            : Words().Matches(g.First()[3]).Select(m => m.Value).Where(w => w != "Desk").ToArray());

    private static IEnumerable<(string Name, string? PrivateAssets)> References(string room, params string[] kinds) =>
        Load(Path.Combine(Root, "src", Prefix + room, $"{Prefix}{room}.csproj")).Descendants()
            .Where(e => kinds.Contains(e.Name.LocalName))
            .Select(e => (e.Attribute("Include")!.Value.Replace('\\', '/'), e.Attribute("PrivateAssets")?.Value));

    private static XDocument Load(string file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("^`[A-Z][a-z]+`$")]
    private static partial Regex RoomName();

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Words();

    [GeneratedRegex("`((?:[A-Z]+[A-Za-z]*_)?[A-Za-z0-9]+_[A-Za-z0-9]+_[A-Za-z0-9_]{12,})`")]
    private static partial Regex TestName();
}

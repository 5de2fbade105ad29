using System.IO.Compression;
using DorsetCareRecord.Feeds.Sources.SocialCare;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.SocialCare;

/// <summary>An extract that differs from its manifest is not read at all; one bad row costs itself, and ends nothing.</summary>
public sealed class SocialCareRuleTests
{
    public static TheoryData<string> Spoilings => ["row", "bytes", "missing", "rows", "scope", "time", "version", "council", "none", "empty", "header", "twice"];

    [Theory]
    [MemberData(nameof(Spoilings))]
    public void When_the_extract_differs_from_its_manifest_then_nothing_of_it_is_read(string spoiling)
    {
        var extract = spoiling switch
        {
            "row" => Extract.OfEdith().Spoilt("service.csv", "service_id,person_id,service_type,status\r\n"),
            "bytes" => Extract.OfEdith().Spoilt("service.csv", "service_id,person_id,service_type,status\r\nS1,P1,Home support,Active\r\n"),
            "missing" => Extract.OfEdith().Without("service.csv"),
            "rows" => Extract.OfEdith().WithManifest(m => m.Replace("service.csv,1", "service.csv,2", StringComparison.Ordinal)),
            "scope" => Extract.OfEdith().WithManifest(m => m.Replace("FULL", "SOME", StringComparison.Ordinal)),
            "time" => Extract.OfEdith().WithManifest(m => m.Replace("2026-11-21T02:30:00Z", "yesterday", StringComparison.Ordinal)),
            "version" => Extract.OfEdith().WithManifest(m => m.Replace(",815,1", ",815,2", StringComparison.Ordinal)),
            "council" => Extract.OfEdith().WithManifest(m => m.Replace(",815,", ",810,", StringComparison.Ordinal)),
            "none" => Extract.OfEdith().WithManifest(_ => Extract.Header + "\r\n"),
            "empty" => Extract.OfEdith().WithManifest(_ => ""),
            "header" => Extract.OfEdith().WithManifest(m => m.Replace("sha256", "md5", StringComparison.Ordinal)),
            _ => Extract.OfEdith().WithManifest(m => m + m.Split("\r\n")[1] + "\r\n"),
        };

        var reading = extract.Read();

        var expected = spoiling == "version" ? Reasons.WrongVersion : Reasons.ManifestMismatch;
        Assert.Equal(expected, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Theory]
    [InlineData("service_id,person_id\r\nS1,\"P1\r\n")]
    [InlineData("service_id,person_id\r\nS1,\"P1\"x\r\n")]
    [InlineData("service_id,service_id\r\nS1,P1\r\n")]
    public void When_a_file_is_no_CSV_then_the_extract_is_unreadable(string text)
    {
        var reading = new Extract().With("service.csv", text.Split("\r\n")[..^1]).Read();

        Assert.Equal(Reasons.Unreadable, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Fact]
    public void When_the_body_is_no_zip_then_it_is_unreadable()
    {
        var reading = Extract.Read([1, 2, 3]);

        Assert.Equal(Reasons.Unreadable, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Fact]
    public void When_a_zip_unpacks_to_more_than_it_may_then_it_is_too_large()
    {
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("person.csv", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i <= ExtractArchive.MostBytes >> 20; i++)
                entry.Write(zeros);
        }

        var reading = Extract.Read(bomb.ToArray());

        Assert.Equal(Reasons.TooLarge, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Fact]
    public void When_the_extract_is_full_then_a_person_without_rows_has_an_empty_list()
    {
        var reading = new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("service.csv", "service_id,person_id,service_type").Read();

        var list = Assert.Single(Facts(reading).OfType<ListStated>());
        Assert.Equal(("service.csv", typeof(CareService), 0), (list.List, list.ItemType, list.Keys.Count));
    }

    [Fact]
    public void When_the_extract_is_a_delta_then_nothing_is_listed_whole()
    {
        var reading = Extract.OfEdith("DELTA").Read();

        Assert.Empty(Facts(reading).OfType<ListStated>());
        Assert.All(Facts(reading).OfType<Stated>(), s => Assert.Null(s.List));
    }

    [Fact]
    public void When_a_person_is_not_in_the_persons_file_then_their_rows_are_taken_and_end_nothing()
    {
        var reading = new Extract().With("service.csv", "service_id,person_id,service_type", "S1,P9,Meals").Read();

        Assert.IsType<CareService>(Assert.IsType<Stated>(Assert.Single(Facts(reading))).Item);
    }

    [Theory]
    [InlineData("S2,P1")]
    [InlineData("S2,,Meals")]
    [InlineData(",P1,Meals")]
    public void When_a_row_cannot_be_read_then_it_is_remarked_and_its_file_ends_nothing(string row)
    {
        var reading = new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("service.csv", "service_id,person_id,service_type", "S1,P1,Home support", row).Read();

        Assert.Empty(Facts(reading).OfType<ListStated>());
        Assert.Single(Facts(reading).OfType<Stated>(), s => s.Item is CareService);
        Assert.Equal("service.csv, line 3", Assert.Single(Assert.IsType<Understood>(reading).Remarks).Place!.Split(", ")[..2].Aggregate((a, b) => $"{a}, {b}"));
    }

    private static IReadOnlyList<Fact> Facts(Reading reading) => Assert.Single(Assert.IsType<Understood>(reading).Patients).Facts;
}

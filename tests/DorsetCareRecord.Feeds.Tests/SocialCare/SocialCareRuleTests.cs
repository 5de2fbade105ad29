using System.IO.Compression;
using DorsetCareRecord.Feeds.Sources.SocialCare;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

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
    [InlineData("S2,P1", "unreadable", "service.csv, line 3", "2 cells")]
    [InlineData("S2,,Meals", "incomplete", "service.csv, line 3, person_id", "empty")]
    [InlineData(",P1,Meals", "incomplete", "service.csv, line 3, service_id", "empty")]
    public void When_a_row_cannot_be_told_apart_then_it_is_reported_and_nothing_of_its_file_is_taken(
        string row, string reason, string place, string shape)
    {
        var reading = new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("service.csv", "service_id,person_id,service_type", "S1,P1,Home support", row)
            .With("plan.csv", "plan_id,person_id,plan_type", "L1,P1,care_support").Read();

        Assert.DoesNotContain(Facts(reading), f => f is ListStated { ItemType: var type } && type == typeof(CareService));
        Assert.Equal([nameof(Demographics), nameof(CareDetail)], Facts(reading).OfType<Stated>().Select(s => s.Item.GetType().Name));
        Assert.Equal(
            [new Fault(reason, place, shape), new Fault(Reasons.Incomplete, "service.csv", "1 of 2 rows cannot be read; the file was not taken")],
            Assert.IsType<Understood>(reading).Remarks);
    }

    [Theory]
    [InlineData("service_id;person_id;service_type", "S1;P1;Home support")] // another delimiter
    [InlineData("alert_id,person_id,text", "F1,P1,Dog at the address")] // the header of another file
    [InlineData("service_id,person,service_type", "S1,P1,Home support")]
    public void When_a_header_is_not_that_of_its_file_then_nothing_of_the_extract_is_read(string header, string row)
    {
        var reading = new Extract().With("person.csv", "person_id,surname", "P1,Hardwick").With("service.csv", header, row).Read();

        Assert.Equal((Reasons.Unreadable, "service.csv"), Assert.IsType<NotUnderstood>(reading).Fault is var f ? (f.Reason, f.Place) : default);
    }

    [Fact]
    public void When_a_file_begins_with_a_byte_order_mark_then_it_is_read_as_without()
    {
        var reading = new Extract().With("person.csv", "\uFEFFperson_id,surname", "P1,Hardwick").Read();

        Assert.Equal("Hardwick", Facts(reading).OfType<Stated>().Select(s => s.Item).OfType<Demographics>().Single().FamilyName);
    }

    [Fact]
    public void When_columns_stand_in_another_order_then_they_are_found_by_name()
    {
        var reading = new Extract().With("person.csv", "surname,person_id", "Hardwick,P1").Read();

        Assert.Equal("P1", Assert.IsType<Understood>(reading).Patients.Single().Patient.Id);
    }

    [Fact]
    public void When_childrens_files_are_among_adults_then_nothing_of_the_extract_is_read()
    {
        var reading = Extract.OfEdith().With("ssd_cp_plans.csv", "cppl_cp_plan_id,cppl_person_id", "Q1,C1").Read();

        Assert.Equal(Reasons.ManifestMismatch, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Fact]
    public void When_an_extract_is_of_children_then_everything_but_who_they_are_is_kept_for_those_who_work_with_them()
    {
        var understood = Assert.IsType<Understood>(SocialCareGoldenTests.Read("children"));

        Assert.All(understood.Patients, p => Assert.StartsWith("children|", p.Patient.Id, StringComparison.Ordinal));
        Assert.All(
            understood.Patients.SelectMany(p => p.Facts).OfType<Stated>().Where(s => s.Item is not Demographics),
            s => Assert.Equal(Audience.ChildrensSocialCare, s.Item.Audience));
    }

    /// <summary>The SSD's placements name no child: their period of care does. And its releases call columns differently.</summary>
    [Fact]
    public void When_a_childrens_extract_is_of_an_earlier_release_then_it_is_read_as_well()
    {
        var extract = new Extract().With("ssd_person.csv", "pers_person_id,pers_surname", "C1,Hardwick")
            .With("ssd_cla_episodes.csv", "clae_cla_episode_id,clae_person_id,clae_cla_id,clae_cla_episode_start,clae_cla_episode_ceased,clae_cla_primary_need", "E1,C1,K1,2026-01-05,,N1")
            .With("ssd_legal_status.csv", "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start,lega_legal_status_end", "L1,C1,C2,2026-01-05,2026-06-05")
            .With("ssd_cla_placement.csv", "clap_cla_placement_id,clap_cla_id,clap_cla_placement_start_date,clap_cla_placement_type", "P1,K1,2026-01-05,U4");

        var items = Facts(extract.Read()).OfType<Stated>().Select(s => s.Item).ToList();

        Assert.Contains(items, i => i is CareDetail { Title: "Foster care", StartedOn: not null });
        Assert.Contains(items, i => i is CareDetail { Title: "Looked after child", StartedOn: not null, Category: "Abuse or neglect" });
        Assert.Contains(items, i => i is Flag { Text: "Full care order", Active: false, Until: not null });
    }

    [Fact]
    public void When_a_placement_leads_to_no_child_then_it_is_reported_and_nothing_of_its_file_is_taken()
    {
        var reading = new Extract().With("ssd_person.csv", "pers_person_id,pers_surname", "C1,Hardwick")
            .With("ssd_cla_placement.csv", "clap_cla_placement_id,clap_cla_id", "P1,K9").Read();

        Assert.Equal((Reasons.Incomplete, "ssd_cla_placement.csv, line 2, clap_cla_id"), Assert.IsType<Understood>(reading).Remarks[0] is var r ? (r.Reason, r.Place) : default);
        Assert.DoesNotContain(Facts(reading).OfType<Stated>(), s => s.Item is CareDetail);
    }

    [Theory]
    [InlineData("CP", Audience.ChildrensSocialCare)]
    [InlineData("cla", Audience.ChildrensSocialCare)]
    [InlineData("care_support", null)]
    public void When_a_childs_plan_travels_among_adults_then_it_is_kept_for_those_who_work_with_children(string type, Audience? audience) =>
        Assert.Equal(audience, Facts(new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("plan.csv", "plan_id,person_id,plan_type", $"L1,P1,{type}").Read()).OfType<Stated>().Single(s => s.Item is CareDetail).Item.Audience);

    [Theory]
    [InlineData("restricted", Confidentiality.Restricted, 0)]
    [InlineData("partners only", Confidentiality.Restricted, 1)]
    [InlineData("", null, 0)]
    public void When_an_alert_says_how_far_it_may_go_then_it_is_kept_so_and_closer_when_in_doubt(string level, Confidentiality? kept, int remarks)
    {
        var reading = new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("alert.csv", "alert_id,person_id,text,share_level", $"F1,P1,Dog,{level}").Read();

        Assert.Equal((kept, remarks), (Facts(reading).OfType<Stated>().Single(s => s.Item is Flag).Item.Confidentiality, Assert.IsType<Understood>(reading).Remarks.Count));
    }

    [Theory]
    [InlineData("12 Mill Lane", "DT11AA", "12 Mill Lane, DT1 1AA")]
    [InlineData("12 Mill Lane DT1 1AA", "DT11AA", "12 Mill Lane DT1 1AA")]
    [InlineData("12 Mill Lane dt11aa", "DT1 1AA", "12 Mill Lane dt11aa")]
    [InlineData("", "DT11AA", "DT1 1AA")]
    [InlineData("12 Mill Lane DT1 1AA", "", "12 Mill Lane DT1 1AA")]
    [InlineData("12 Mill Lane DT1 1AA", "DT1 1AB", "12 Mill Lane DT1 1AA, DT1 1AB")]
    public void When_an_address_has_its_postcode_already_then_it_is_said_once(string address, string postcode, string said) =>
        Assert.Equal(said, Facts(new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("accommodation.csv", "accommodation_id,person_id,address,postcode", $"H1,P1,{address},{postcode}").Read())
            .OfType<Stated>().Select(s => s.Item).OfType<CareDetail>().Single().Text);

    [Fact]
    public void When_an_extract_is_read_then_what_it_holds_and_what_not_can_be_told()
    {
        var contents = Assert.IsType<Understood>(Extract.OfEdith().Read()).Contents!;

        Assert.Equal(["person.csv 1 person_id,surname", "service.csv 1 person_id,service_id,service_type,status"],
            contents.Files.Select(f => $"{f.Name} {f.Rows} {string.Join(',', f.Columns)}"));
    }

    [Fact]
    public void When_an_enquiry_has_left_the_window_of_a_full_extract_then_it_has_not_ended()
    {
        var reading = new Extract().With("person.csv", "person_id,surname", "P1,Hardwick")
            .With("contact_referral.csv", "referral_id,person_id,team", "R1,P1,Older People").Read();

        Assert.Empty(Facts(reading).OfType<ListStated>());
        Assert.Null(Facts(reading).OfType<Stated>().Single(s => s.Item is Encounter).List);
    }

    private static IReadOnlyList<Fact> Facts(Reading reading) => Assert.Single(Assert.IsType<Understood>(reading).Patients).Facts;
}

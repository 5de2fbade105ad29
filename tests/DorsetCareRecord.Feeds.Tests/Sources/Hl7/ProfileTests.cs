using System.Net;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>A sender's oddities are data; a fault in them stops the start, with the file, the place, what is wrong and what is allowed.</summary>
public sealed class ProfileTests
{
    private const string Small = """{ "source": "camis", "version": 3, "door": { "port": 2576 } }""";

    [Fact]
    public void When_nothing_is_overruled_then_the_built_in_profiles_are_without_fault()
    {
        var profiles = Feeds.Sources.Hl7.Profiles.Load(folder: null);

        Assert.Equal(
            [(SourceCodes.Camis, 2576), (SourceCodes.CareCentric, 2577), (SourceCodes.CareCentricBournemouth, 2578), (SourceCodes.SystemC, 2575)],
            profiles.Values.Select(p => (p.Source, p.Door.Port)).OrderBy(p => p.Source, StringComparer.Ordinal));
        Assert.All(profiles.Values, p => Assert.Equal(
            NhsNumberShape.Known.Select(s => $"{s.Field} {s.MarkAt} {string.Join(',', s.Marks)}"),
            p.NhsNumberShapes.Select(s => $"{s.Field} {s.MarkAt} {string.Join(',', s.Marks)}")));
    }

    [Theory]
    [InlineData("""{ "source": "systemc", "version": 1, "door": { "port": 1 } }""", "$.source", "is \"systemc\"", "\"camis\", which the file's name stands for")]
    [InlineData("""{ "source": "camis", "door": { "port": 1 } }""", "$.version", "is missing", "a whole number that rises with every change")]
    [InlineData("""{ "source": "camis", "version": 1 }""", "$.door", "is missing", "an object with the port at least")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 70000 } }""", "$.door.port", "is 70000", "a whole number from 1 to 65535")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1, "peers": ["10.0.0.0/33"] } }""", "$.door.peers[0]", "is \"10.0.0.0/33\"", "an address (10.1.2.3) or a network (10.1.2.0/24)")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1, "acknowledgement": { "style": "polite" } } }""", "$.door.acknowledgement.style", "is \"polite\"", "original, enhanced, auto")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1, "tls": { "certificate": "/nowhere.pem", "key": "/nowhere.pem", "fingerprints": ["00"] } } }""", "$.door.tls.certificate", "is a path where no file is", "a path of a PEM file")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1, "prot": 2 } }""", "$.door.prot", "is not a setting", "acknowledgement, limits, peers, port, sender, tls")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "characterSet": "utf-7" }""", "$.characterSet", "is \"utf-7\"", "a single-byte character set by IANA's name: windows-1252, iso-8859-15 and the like")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "lists": { "AL1": "all" } }""", "$.lists.AL1", "is \"all\"", "snapshot, action, parts")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "codes": { "genders": { "7": "Man" } } }""", "$.codes.genders.7", "is \"Man\"", "Male, Female, Indeterminate, Not Known")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "triggers": { "ADT^A31": "patient" } }""", "$.triggers.ADT^A31", "is \"patient\"", "visit, person, merge, move, moveNumber, visitNumber, review, ignore")]
    [InlineData("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "identifiers": { "nhsNumber": [ { "field": 3, "component": 4 } ] } }""", "$.identifiers.nhsNumber[0]", "has a component without marks, or marks without a component", "both, or neither for a bare number")]
    [InlineData("""{ "source": "camis", "version": 1, """, "$", "is not JSON from line 1, byte 36", "JSON; comments are welcome")]
    public void When_a_profile_is_wrong_then_the_fault_says_where_what_and_what_is_allowed(string json, string path, string wrong, string allowed)
    {
        var faults = new List<ProfileFault>();

        var profile = ProfileReader.Read(json, "camis.json", SourceCodes.Camis, faults);

        Assert.Null(profile);
        Assert.Contains(new ProfileFault("camis.json", path, wrong, allowed), faults);
    }

    [Fact]
    public void When_a_folder_has_a_profile_then_it_counts_and_the_others_are_built_in()
    {
        var folder = Directory.CreateTempSubdirectory("dcr-profiles").FullName;
        File.WriteAllText(Path.Combine(folder, "camis.json"), Small);

        var profiles = Feeds.Sources.Hl7.Profiles.Load(folder);

        Assert.Equal((3, 2), (profiles[SourceCodes.Camis].Version, profiles[SourceCodes.SystemC].Version));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void When_a_folder_has_a_file_nobody_would_read_or_two_doors_at_one_port_then_each_is_a_fault()
    {
        var folder = Directory.CreateTempSubdirectory("dcr-profiles").FullName;
        File.WriteAllText(Path.Combine(folder, "medway.json"), Small);
        File.WriteAllText(Path.Combine(folder, "camis.json"), Small.Replace("2576", "2575", StringComparison.Ordinal));

        var faults = Assert.Throws<ProfileException>(() => Feeds.Sources.Hl7.Profiles.Load(folder)).Faults;

        Assert.Equal(["$ is the profile of no source", "$.door.port is 2575, as in systemc.json"], faults.Select(f => $"{f.Path} {f.Wrong}").Order(StringComparer.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void When_a_profile_says_all_it_can_then_all_is_as_it_says()
    {
        var profile = Read("""
            {
              "source": "camis", "version": 7, // a comment
              "door": {
                "port": 4000, "peers": ["10.1.2.3", "10.2.0.0/16"], "sender": { "MSH-3": ["CAMIS"], "MSH-4": ["RDZ20", "RDZ21"] },
                "acknowledgement": { "style": "auto", "refused": "AE", "notStored": "AR" },
                "limits": { "messageBytes": 1000000, "messageSeconds": 5, "connections": 4 }
              },
              "identifiers": { "namespaces": ["RDZ"], "types": ["PAS"], "nhsNumber": [{ "field": 19 }] },
              "lists": { "AL1": "parts", "DG1": "action" }, "appointments": "SIU",
              "codes": { "genders": { "7": "Male" }, "encounterKinds": { "W": "DayCase" } },
              "triggers": { "ADT^A31": "visit", "DFT": "ignore" },
            }
            """);

        Assert.Equal((7, 4000, AckStyle.Auto, RefusalCode.Error, RefusalCode.Reject, 1_000_000, 5.0, 4),
            (profile.Version, profile.Door.Port, profile.Door.AckStyle, profile.Door.Refused, profile.Door.NotStored!.Value, profile.Door.FrameLimit,
                profile.Door.FrameDeadline.TotalSeconds, profile.Door.MostConnections));
        Assert.Equal([IPNetwork.Parse("10.1.2.3/32"), IPNetwork.Parse("10.2.0.0/16")], profile.Door.Peers);
        Assert.Equal(["RDZ20", "RDZ21"], profile.Door.Sender[4]);
        Assert.Equal((ListMode.Parts, ListMode.Action, ListMode.Snapshot), (profile.ModeOf("AL1"), profile.ModeOf("DG1"), profile.ModeOf("NK1")));
        Assert.Equal(("Male", EncounterKind.DayCase, "Female"), (profile.Genders["7"], profile.EncounterKinds["w"], profile.Genders["F"]));
        Assert.Equal(19, Assert.Single(profile.NhsNumberShapes).Field);
    }

    [Fact]
    public void When_a_list_comes_in_parts_then_what_is_not_in_a_part_does_not_end()
    {
        var profile = Read("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "lists": { "AL1": "parts", "NK1": "parts", "DG1": "parts" } }""");

        var facts = Said.ReadWith(profile, Said.Header("ADT^A08"), Said.Pid, "NK1|1|Hardwick^Tom", "PV1||I|||||||||||||||||V1", "AL1|1|DA|^Penicillin", "DG1|1||I10").Patient().Facts;

        Assert.Empty(facts.OfType<ListStated>());
        Assert.Equal(5, facts.OfType<Stated>().Count());
    }

    [Fact]
    public void When_appointments_come_as_SIU_then_the_same_booking_by_A05_is_not_a_second_one()
    {
        var profile = Read("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "appointments": "SIU" }""");

        Assert.Empty(Said.ReadWith(profile, Said.Header("ADT^A05"), Said.Pid, "PV1||O|||||||||||||||||V1").Items<Encounter>());
        Assert.Single(Said.ReadWith(profile, Said.Header("ADT^A05"), Said.Pid, "PV1||I|||||||||||||||||V1").Items<Encounter>());
    }

    [Fact]
    public void When_a_sender_means_something_else_by_a_trigger_then_its_profile_says_so()
    {
        var profile = Read("""{ "source": "camis", "version": 1, "door": { "port": 1 }, "triggers": { "ADT^A28": "visit", "ORU": "ignore" } }""");

        Assert.Single(Said.ReadWith(profile, Said.Header("ADT^A28"), Said.Pid, "PV1||I|||||||||||||||||V1").Items<Encounter>());
        Assert.IsType<OfNoConcern>(Said.ReadWith(profile, Said.Header("ORU^R01"), Said.Pid, "OBR|1||L1|FBC"));
    }

    private static Profile Read(string json)
    {
        var faults = new List<ProfileFault>();
        var profile = ProfileReader.Read(json, "camis.json", SourceCodes.Camis, faults);
        Assert.Empty(faults);
        return profile!;
    }
}

using System.Text;
using CsCheck;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

public sealed class Hl7AdapterTests
{
    [Theory]
    [InlineData("CUSTOM^PAT", Reasons.UnknownType, "MSH-9")]
    [InlineData("", Reasons.UnknownType, "MSH-9")]
    [InlineData("ADT", Reasons.UnknownType, "MSH-9")]
    [InlineData("ADT^A99", Reasons.UnknownType, "MSH-9")]
    [InlineData("ADT^A24", Reasons.MergeNeedsReview, "PID")]
    [InlineData("ADT^A29", Reasons.MergeNeedsReview, "MSH-9")]
    [InlineData("ORU^R01", Reasons.Incomplete, "OBR")]
    [InlineData("MDM^T02", Reasons.Incomplete, "TXA")]
    [InlineData("SIU^S12", Reasons.Incomplete, "SCH-2")]
    [InlineData("RDE^O11", Reasons.Incomplete, "RXE")]
    [InlineData("PPR^PC1", Reasons.Incomplete, "PRB")]
    public void When_a_message_cannot_be_understood_then_it_is_parked_with_a_reason(string type, string reason, string place)
    {
        var fault = Said.Read(Said.Header(type), Said.Pid).Fault();

        Assert.Equal((reason, place), (fault.Reason, fault.Place));
    }

    [Theory]
    [InlineData("BAR^P01")]
    [InlineData("DFT^P03")]
    [InlineData("QRY^A19")]
    [InlineData("ADT^A20")]
    [InlineData("MFN^M02")]
    [InlineData("ACK^A01")]
    [InlineData("ORM^O01")]
    [InlineData("OML^O21")]
    [InlineData("ORU^W01")]
    public void When_a_message_is_known_and_says_nothing_to_show_then_it_is_of_no_concern(string type) =>
        Assert.IsType<OfNoConcern>(Said.Read(Said.Header(type), Said.Pid));

    [Fact]
    public void When_the_version_is_unknown_then_the_message_is_read()
    {
        var reading = Said.Read(@"MSH|^~\&|MEDWAY|RBD01|||20261123141500||ADT^A31|1|P|3.99", Said.Pid);

        Assert.IsType<Understood>(reading);
    }

    [Fact]
    public void When_the_structure_stands_where_the_type_belongs_then_it_is_read()
    {
        var reading = Said.Read(Said.Header("ADT_A31"), Said.Pid);

        Assert.IsType<Understood>(reading);
    }

    [Fact]
    public void When_the_door_refused_a_message_then_it_is_parked_for_the_doors_reason()
    {
        var fault = new Fault(Reasons.TooLarge, null, "60000000 bytes");
        var body = RefusedBody.Pack(fault, new Frame(FrameKind.TooLarge, "MSH|^~"u8.ToArray(), 60_000_000, new byte[32]));

        var reading = Adapters.Read(new InboxMessage(1, Said.ReceivedAt, SourceCodes.Camis, Formats.Hl7v2Refused, body, null));

        Assert.Equal(fault, reading.Fault());
    }

    [Theory]
    [InlineData("20261123141500", "2026-11-23T14:15:00Z")]
    [InlineData("20260723141500", "2026-07-23T13:15:00Z")]
    [InlineData("", "2026-11-23T14:20:00Z")]
    [InlineData("nonsense", "2026-11-23T14:20:00Z")]
    [InlineData("20261123151500", "2026-11-23T15:15:00Z")]
    [InlineData("20361123141500", "2026-11-23T14:20:00Z")]
    public void When_a_message_says_when_it_was_sent_then_that_is_its_version_unless_absurd(string sent, string version)
    {
        var fact = Said.Read(Said.Header("ADT^A31", sent), Said.Pid).Patient().Facts[0];

        Assert.Equal(version, ClinicalDate.OfInstant(fact.Version.At, DatePrecision.Second).ToString());
    }

    [Fact]
    public void When_MSH_7_is_absent_then_EVN_2_is_the_version()
    {
        var fact = Said.Read(Said.Header("ADT^A31", ""), "EVN|A31|20261101080000", Said.Pid).Patient().Facts[0];

        Assert.Equal(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), fact.Version.At);
    }

    [Fact]
    public void When_the_character_set_had_to_be_guessed_then_it_is_remarked()
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(Said.Header("ADT^A31") + "\rPID|||D1||Zo"), 0xEB, (byte)'\r'];

        var reading = Hl7Adapter.Read(new InboxMessage(1, Said.ReceivedAt, SourceCodes.Camis, Formats.Hl7v2, body, null), Profiles.Of(SourceCodes.Camis));

        Assert.Equal("Zoë", Assert.Single(reading.Items<Demographics>()).FamilyName);
        Assert.Equal([new Fault(Reasons.CharacterSet, "MSH-18", "read as windows-1252")], ((Understood)reading).Remarks);
    }

    [Fact]
    public void When_a_batch_of_results_is_of_several_patients_then_each_has_its_own_facts()
    {
        var reading = Assert.IsType<Understood>(Said.Read(
            Said.Header("ORU^R01"),
            "PID|||D1", "OBR|1||F1|X^X", "OBX|1|NM|A^A||1||||||F",
            "PID|||", "OBR|1||F2|X^X", "OBX|1|NM|A^A||2||||||F",
            "PID|||D3", "OBR|1||F3|X^X", "OBX|1|NM|A^A||3||||||F"));

        Assert.Equal(["D1", "D3"], reading.Patients.Select(p => p.Patient.Id));
        Assert.Equal("3", reading.Patients[1].Facts.OfType<Stated>().Select(s => s.Item).OfType<Result>().Single().Value);
        Assert.Contains(reading.Remarks, r => r.Reason == Reasons.NoPatient);
    }

    [Theory]
    [InlineData("ADT^A31", "NK1|1|A{0}^B\r")]
    [InlineData("ADT^A31", "AL1|1|DA|A{0}^B\r")]
    [InlineData("ADT^A31", "DG1|1||A{0}^B\r")]
    [InlineData("ORU^R01", "OBR|1||F\rOBX|1|NM|A{0}^B||1\r")]
    [InlineData("ORU^R01", "OBX|1|NM|A{0}^B||1\r")]
    public void When_a_list_is_absurdly_long_then_it_is_read_in_time_that_grows_with_it(string type, string line)
    {
        // A list that looked through itself for each entry would take minutes.
        var many = string.Concat(Enumerable.Range(0, 45_000).Select(i => line.Replace("{0}", i.ToString(null as IFormatProvider), StringComparison.Ordinal)));

        var reading = Said.Read(Said.Header(type), Said.Pid, "OBR|1||F", many);

        Assert.True(reading.Patient().Facts.Count > 45_000);
    }

    [Fact]
    public void When_golden_messages_are_mutated_then_no_adapter_throws()
    {
        var folder = Path.Combine(Samples.Repository, "tests", "DorsetCareRecord.Feeds.Tests", "Sources", "Hl7", "Golden");
        var bodies = Directory.GetFiles(folder, "*.hl7").Select(File.ReadAllBytes).ToArray();
        var telling = Gen.OneOf(Encoding.ASCII.GetBytes("|^~\\&\r\"0129AX.").Select(b => Gen.Const(b)).Append(Gen.Byte).ToArray());
        var mutated = Gen.Select(Gen.OneOf(bodies), Gen.Select(Gen.Double.Unit, telling).Array[0, 6], Gen.Double.Unit)
            .Select((body, changes, cut) =>
            {
                var copy = (byte[])body.Clone();
                foreach (var (at, value) in changes)
                    copy[(int)(at * (copy.Length - 1))] = value;
                return cut < 0.3 ? copy[..(int)(copy.Length * cut / 0.3)] : copy;
            });

        // Not through Adapters.Read, which would park a bug as an adapter fault.
        mutated.Sample(body =>
        {
            foreach (var source in (ReadOnlySpan<string>)[SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentric])
                Assert.NotNull(Hl7Adapter.Read(new InboxMessage(1, Said.ReceivedAt, source, Formats.Hl7v2, body, null), Profiles.Of(source)));
        }, iter: 2_000);
    }
}

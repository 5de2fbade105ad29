using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>What senders do that no standard says, and must not cost a message or a meaning.</summary>
public sealed class RealWorldTests
{
    [Fact]
    public void When_types_come_in_lower_case_then_they_mean_the_same()
    {
        var reading = Said.Read(Said.Header("oru^r01"), Said.Pid, "OBR|1||L1|CXR^Chest|||||||||||||||||||||f",
            "OBX|1|nm|A^A||5||||||f", "OBX|2|ed|B^B||x^ap^pdf^base64^JVBERi0xLjQK||||||f");

        Assert.Equal((5m, ResultStatus.Final), (Assert.Single(reading.Items<Result>()).Number, reading.Items<Report>()[0].Status));
        Assert.Equal("application/pdf", Assert.Single(reading.Items<Letter>()).ContentType);
    }

    [Fact]
    public void When_a_visit_has_no_number_but_its_account_has_then_admission_and_discharge_are_one()
    {
        const string pid = Said.Pid + "||||||||||ACC77";

        var admitted = Said.Read(Said.Header("ADT^A01"), pid, "PV1||I||||||||||||||||||||||||||||||||||||||||||202611200900").Patient();
        var left = Said.Read(Said.Header("ADT^A03"), pid, "PV1||I||||||||||||||||||||||||||||||||||||||||||202611200900|202611221100").Patient();

        Assert.Equal("ACC77", KeyOf(admitted));
        Assert.Equal(KeyOf(admitted), KeyOf(left));

        static string KeyOf(PatientFacts patient) => patient.Facts.OfType<Stated>().Single(s => s.Item is Encounter).Key;
    }

    [Theory]
    [InlineData("ORU^R01", "OBR|1||L1|A^A", "SPM|1|||BLD^Blood", "OBX|1|NM|A^A||5||||||F", "Blood")]
    [InlineData("ORU^R01", "OBR|1||L1|A^A", "OBX|1|NM|A^A||5||||||F", "SPM|1|||BLD^Blood", "Blood")]
    [InlineData("OUL^R22", "SPM|1|||BLD^Blood", "OBR|1||L1|A^A", "OBX|1|NM|A^A||5||||||F", "Blood")]
    public void When_a_specimen_stands_before_or_after_then_it_is_its_orders(string type, string first, string second, string third, string specimen) =>
        Assert.Equal(specimen, Assert.Single(Said.Read(Said.Header(type), Said.Pid, first, second, third).Items<Report>()).Specimen);

    [Theory]
    [InlineData("1937-03-14", "1937-03-14")]
    [InlineData("19370314000000", "1937-03-14")]
    [InlineData("1937", "1937")]
    [InlineData("03/12/1937", null)] // The third of December, or the twelfth of March: nobody can tell.
    public void When_a_birthday_is_written_in_another_way_then_it_is_the_same_day(string written, string? day) =>
        Assert.Equal(day, Assert.Single(Said.Read(Said.Header("ADT^A31"), $"PID|||D1||A^B||{written}").Items<Demographics>()).BornOn?.ToString());

    [Theory]
    [InlineData("I", EncounterKind.Inpatient)]
    [InlineData("ip", EncounterKind.Inpatient)]
    [InlineData("2", EncounterKind.DayCase)]
    [InlineData("AE", EncounterKind.Emergency)]
    public void When_the_class_of_a_visit_is_another_systems_code_then_it_is_known(string code, EncounterKind kind) =>
        Assert.Equal(kind, Assert.Single(Said.Read(Said.Header("ADT^A01"), Said.Pid, $"PV1||{code}|||||||||||||||||V1").Items<Encounter>()).Kind);

    [Fact]
    public void When_the_general_practitioner_stands_in_ROL_then_it_is_taken_from_there() =>
        Assert.Equal("Dr Ann Vale", Assert.Single(Said.Read(Said.Header("ADT^A28"), Said.Pid, "ROL|1|AD|PP|G1^Vale^Ann^^^Dr").Items<Demographics>()).GpName);

    [Theory]
    [InlineData("SIU^S12", "SCH|||||||||||^^^202612010900", "appointment|202612010900")]
    [InlineData("SIU^S12", "SCH||||||||||||||||||||||||||P9|F9", "appointment|F9")]
    public void When_an_appointment_has_no_number_then_the_next_best_names_it(string type, string sch, string key) =>
        Assert.Contains(Said.Read(Said.Header(type), Said.Pid, sch).Patient().Facts.OfType<Stated>(), s => s.Key == key);

    [Fact]
    public void When_a_result_could_not_be_had_then_the_reason_is_kept_beside_it()
    {
        var result = Assert.Single(Said.Read(Said.Header("ORU^R01"), Said.Pid, "OBR|1||L1|UE", "OBX|1|ST|K^Potassium||Haemolysed||||||X").Items<Result>());

        Assert.Equal((ResultStatus.Cancelled, null, "Haemolysed"), (result.Status, result.Value, result.Notes));
    }

    [Fact]
    public void When_a_test_is_asked_for_then_it_is_a_request_and_its_result_bears_its_number()
    {
        var request = Assert.Single(Said.Read(Said.Header("ORM^O01"), Said.Pid, "ORC|NW|P1^ICE", "OBR|1|P1^ICE||FBC^Full blood count").Items<Report>());
        var report = Assert.Single(Said.Read(Said.Header("ORU^R01"), Said.Pid, "ORC|RE|P1^ICE|F1^LIMS", "OBR|1|P1^ICE|F1^LIMS|FBC^Full blood count|||||||||||||||||||||F").Items<Report>());

        Assert.Equal((true, ResultStatus.Registered, "P1|ICE"), (request.IsRequest, request.Status, request.OrderNumber));
        Assert.Equal((null, "P1|ICE"), (report.IsRequest, report.OrderNumber));
    }

    [Theory]
    [InlineData("CA", "")]
    [InlineData("OC", "")]
    [InlineData("SC", "CA")]
    public void When_an_order_is_taken_back_then_the_request_is_cancelled(string control, string status) =>
        Assert.Equal(ResultStatus.Cancelled, Assert.Single(Said.Read(
            Said.Header("ORM^O01"), Said.Pid, $"ORC|{control}|P1|||{status}", "OBR|1|P1||FBC").Items<Report>()).Status);

    [Theory]
    [InlineData("ADT^A08", "PV1||I|||||||||||||||||V1\rPV2||||||||||||||||||||||Y", Confidentiality.Restricted)]
    [InlineData("ADT^A08", "PV1||I|||||||||||||||||V1\rPV2||||||||||||||||||||||N", Confidentiality.Normal)]
    [InlineData("ADT^A08", "PV1||I|||||||||||||||||V1", null)]
    [InlineData("MDM^T02", "TXA|1|CL|TX|||||||||D1||||||V\rOBX|1|TX|||x", Confidentiality.VeryRestricted)]
    [InlineData("MDM^T02", "TXA|1|CL|TX|||||||||D1||||||R\rOBX|1|TX|||x", Confidentiality.Restricted)]
    [InlineData("MDM^T02", "TXA|1|CL|TX|||||||||D1||||||U\rOBX|1|TX|||x", Confidentiality.Normal)]
    [InlineData("MDM^T02", "TXA|1|CL|TX|||||||||D1||||||SECRET\rOBX|1|TX|||x", Confidentiality.Restricted)]
    [InlineData("ORU^R01", "ORC|RE|||||||||||||||||||||||||||HIV\rOBR|1||L1|A", Confidentiality.VeryRestricted)]
    public void When_a_source_wants_an_item_kept_closely_then_it_says_so(string type, string segments, Confidentiality? expected) =>
        Assert.Equal(expected, Said.Read(Said.Header(type), Said.Pid, segments).Patient().Facts.OfType<Stated>()
            .Select(s => s.Item).Last(i => i is Encounter or Letter or Report).Confidentiality);

    [Fact]
    public void When_a_letter_of_several_documents_is_cancelled_then_every_one_of_them_is()
    {
        const string ed = "ED|||^AP^PDF^Base64^JVBERi0xLjQK";
        var sent = Said.Read(Said.Header("MDM^T02"), Said.Pid, "TXA|1|CL|TX|||||||||D1", $"OBX|1|{ed}", $"OBX|2|{ed}").Patient().Facts.OfType<Stated>().Where(s => s.Item is Letter);
        var cancelled = Said.Read(Said.Header("MDM^T11"), Said.Pid, "TXA|1|CL|TX|||||||||D1").Patient().Facts;

        Assert.Equal(["D1", "D1|#2"], sent.Select(s => s.Key));
        Assert.Equal(LetterStatus.Cancelled, Assert.IsType<Letter>(Assert.Single(cancelled.OfType<Stated>(), s => s.Key == "D1").Item).Status);
        Assert.Contains(cancelled.OfType<Withdrawn>(), w => w.Key == "D1|#2");
    }

    [Theory]
    [InlineData("ADT^A24", true)]
    [InlineData("ADT^A37", false)]
    public void When_two_patients_are_linked_or_unlinked_then_the_order_of_the_segments_does_not_matter(string type, bool stands)
    {
        foreach (var (one, other) in new[] { ("D1", "D2"), ("D2", "D1") })
        {
            var reading = Assert.IsType<Understood>(Said.Read(Said.Header(type), $"PID|||{one}", "PV1||N", $"PID|||{other}"));

            var word = Assert.Single(reading.Patients.SelectMany(p => p.Facts).OfType<Linked>());
            Assert.Equal(("D1", "D2", stands), (word.One.Id, word.Other.Id, word.Stands));
        }
    }

    [Fact]
    public void When_CareCentric_passes_on_a_result_then_its_key_is_what_the_laboratory_would_have_sent_itself()
    {
        string[] lines = [Said.Pid, "OBR|1|P1|26H1^LIMS|FBC^Full blood count|||20261122"];

        Assert.Equal(
            Said.Read([Said.Header("ORU^R01"), .. lines]).Patient().Facts.OfType<Stated>().Single(s => s.Item is Report).Key,
            Said.ReadAs(SourceCodes.CareCentric, [Said.Header("ORU^R01"), .. lines]).Patient().Facts.OfType<Stated>().Single(s => s.Item is Report).Key);
    }
}

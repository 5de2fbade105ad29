using System.Globalization;
using System.Text;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>Single rules of the mapping, as tables.</summary>
public sealed class ValueTests
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    [Theory]
    [InlineData("NM", "98.00", "98.00", "98.00", null)]
    [InlineData("TX", "  3.16", "  3.16", "3.16", null)]
    [InlineData("ST", "<15", "<15", "15", "<")]
    [InlineData("", ">=90", ">=90", "90", ">=")]
    [InlineData("SN", "<^5", "<5", "5", "<")]
    [InlineData("SN", "^1^:^128", "1:128", null, null)]
    [InlineData("SN", "^3^-^5", "3-5", null, null)]
    [InlineData("FT", "<0.2%", "<0.2%", "0.2", "<")]
    [InlineData("NM", "60~120", "60, 120", null, null)]
    [InlineData("TX", "not 5", "not 5", null, null)]
    [InlineData("CE", "260385009^Negative^SCT", "Negative", null, null)]
    [InlineData("CWE", "NEG", "NEG", null, null)]
    [InlineData("DT", "20261109", "09-Nov-2026", null, null)]
    [InlineData("XX", "a^b~c", "a^b\nc", null, null)]
    [InlineData("NM", "1,000", "1,000", null, null)]
    [InlineData("NM", "\"\"", null, null, null)]
    public void When_a_value_is_sent_then_its_text_is_kept_and_its_number_found(
        string type, string value, string? text, string? number, string? comparator)
    {
        var reading = Said.Read(Said.Header("ORU^R01"), Said.Pid, "OBR|1||F1|P^Panel|||||||||||||||||||||F", $"OBX|1|{type}|T^Test||{value}||||||F");

        var result = Assert.Single(reading.Items<Result>());
        Assert.Equal((text, number, comparator), (result.Value, result.Number?.ToString(Plain), result.Comparator));
    }

    [Theory]
    [InlineData("49 - 92", "49 - 92", "49", "92")]
    [InlineData("3.5-5.3", "3.5-5.3", "3.5", "5.3")]
    [InlineData("-2 - 2", "-2 - 2", "-2", "2")]
    [InlineData("<15", "<15", null, "15")]
    [InlineData(">60", ">60", "60", null)]
    [InlineData("(2.5 to 7.8)", "(2.5 to 7.8)", "2.5", "7.8")]
    [InlineData("[ ]", null, null, null)]
    [InlineData("negative", "negative", null, null)]
    [InlineData("9 - 2", "9 - 2", null, null)]
    public void When_a_range_is_sent_then_its_limits_are_read_only_if_plain(string sent, string? text, string? low, string? high)
    {
        var range = ReferenceRange.Of(sent);

        Assert.Equal((text, low, high), (range.Text, range.Low?.ToString(Plain), range.High?.ToString(Plain)));
    }

    [Theory]
    [InlineData("F", "F", ResultStatus.Final)]
    [InlineData("C", "F", ResultStatus.Corrected)]
    [InlineData("A", "F", ResultStatus.Amended)]
    [InlineData("P", "F", ResultStatus.Preliminary)]
    [InlineData("S", "F", ResultStatus.Preliminary)]
    [InlineData("I", "F", ResultStatus.Registered)]
    [InlineData("X", "F", ResultStatus.Cancelled)]
    [InlineData("B", "F", ResultStatus.Final)]
    [InlineData("", "F", ResultStatus.Final)]
    [InlineData("", "P", ResultStatus.Preliminary)]
    [InlineData("", "A", ResultStatus.Partial)]
    [InlineData("", "", ResultStatus.NotStated)]
    [InlineData("", "Z", ResultStatus.NotStated)]
    [InlineData("?", "F", ResultStatus.NotStated)]
    public void When_a_status_is_sent_then_it_is_never_taken_for_final_by_default(string obx11, string obr25, ResultStatus status)
    {
        var reading = Said.Read(Said.Header("ORU^R01"), Said.Pid, $"OBR|1||F1|P^Panel|||||||||||||||||||||{obr25}", $"OBX|1|NM|T^Test||5||||||{obx11}");

        Assert.Equal(status, Assert.Single(reading.Items<Result>()).Status);
    }

    [Theory]
    [InlineData("ST", "Negative", "Negative", null)]
    [InlineData("FT", "No growth.", null, "No growth.")]
    public void When_a_line_has_the_reports_own_name_then_text_is_a_report_and_a_string_a_value(
        string type, string value, string? ofResult, string? ofReport)
    {
        var reading = Said.Read(Said.Header("ORU^R01"), Said.Pid, "OBR|1||F1|HCG^Pregnancy test", $"OBX|1|{type}|HCG^Pregnancy test||{value}||||||F");

        Assert.Equal(ofResult, reading.Items<Result>().SingleOrDefault()?.Value);
        Assert.Equal(ofReport, Assert.Single(reading.Items<Report>()).Text);
    }

    [Fact]
    public void When_a_type_of_value_is_unknown_then_it_is_text_and_remarked()
    {
        var reading = Said.Read(Said.Header("ORU^R01"), Said.Pid, "OBX|0|NM|X^Stray||1", "OBR|1||F1|P^Panel", "OBX|1|QQ|T^Test||5||||||F");

        Assert.Equal("5", Assert.Single(reading.Items<Result>()).Value);
        Assert.Equal(["OBX", "OBX-2"], ((Understood)reading).Remarks.Select(r => r.Place));
    }

    [Fact]
    public void When_results_are_preliminary_then_no_whole_list_is_stated()
    {
        var facts = Said.Read(Said.Header("ORU^R01"), Said.Pid, "OBR|1||F1|P^Panel|||||||||||||||||||||P", "OBX|1|NM|T^Test||5||||||P").Patient().Facts;

        Assert.DoesNotContain(facts, f => f is ListStated);
    }

    [Fact]
    public void When_the_same_test_comes_twice_without_sub_ids_then_both_are_kept()
    {
        var reading = Said.Read(Said.Header("ORU^R01"), Said.Pid, "OBR|1||F1|P^Panel", "OBX|1|NM|T^Test||5||||||F", "OBX|2|NM|T^Test||6||||||F");

        Assert.Equal(["5", "6"], reading.Items<Result>().Select(r => r.Value));
        Assert.Equal(2, reading.Patient().Facts.OfType<Stated>().Where(s => s.Item is Result).Select(s => s.Key).Distinct().Count());
    }

    [Theory]
    [InlineData("716186003^No known allergy^SCT", AllergyKind.NoKnownAllergies)]
    [InlineData("^NKDA", AllergyKind.NoKnownAllergies)]
    [InlineData("^Nil known", AllergyKind.NoKnownAllergies)]
    [InlineData("X^No Known Drug Allergies^L", AllergyKind.NoKnownAllergies)]
    [InlineData("^Nkata leaf", AllergyKind.Allergy)]
    [InlineData("91936005^Allergy to penicillin^SCT", AllergyKind.Allergy)]
    public void When_no_allergy_is_known_then_it_is_no_allergy_to_something(string allergen, AllergyKind kind)
    {
        var allergy = Assert.Single(Said.Read(Said.Header("ADT^A31"), Said.Pid, $"AL1|1|DA|{allergen}").Items<Allergy>());

        Assert.Equal(kind, allergy.Kind);
    }

    [Fact]
    public void When_an_allergy_cannot_be_read_then_the_known_ones_are_not_ended()
    {
        var reading = Said.Read(Said.Header("ADT^A31"), Said.Pid, "AL1|1|DA|");

        Assert.DoesNotContain(reading.Patient().Facts, f => f is ListStated);
        Assert.Contains(((Understood)reading).Remarks, r => r.Place == "AL1-3");
    }

    [Theory]
    [InlineData("%PDF-1.7", "AP", "RTF", "application/pdf")]
    [InlineData(@"{\rtf1", "AP", "PDF", "application/rtf")]
    [InlineData("\n<!DOCTYPE HTML>", "TEXT", "PLAIN", "text/html")]
    [InlineData("hello", "TEXT", "HTML", "text/plain")]
    [InlineData("hello", "AP", "PDF", "application/octet-stream")]
    [InlineData("hello", "TX", null, "text/plain")]
    public void When_a_document_is_sent_then_its_first_bytes_tell_what_it_is(string content, string type, string? subtype, string mediaType) =>
        Assert.Equal(mediaType, MediaType.Of(Encoding.ASCII.GetBytes(content), type, subtype));

    [Theory]
    [InlineData("A01", "I", EncounterStatus.InProgress)]
    [InlineData("A04", "E", EncounterStatus.InProgress)]
    [InlineData("A05", "O", EncounterStatus.Planned)]
    [InlineData("A14", "I", EncounterStatus.Planned)]
    [InlineData("A03", "I", EncounterStatus.Finished)]
    [InlineData("A11", "I", EncounterStatus.Cancelled)]
    [InlineData("A38", "O", EncounterStatus.Cancelled)]
    [InlineData("A13", "I", EncounterStatus.InProgress)]
    [InlineData("A08", "I", null)]
    public void When_a_trigger_tells_how_far_a_visit_is_then_only_that_is_stated(string trigger, string patientClass, EncounterStatus? status)
    {
        var visit = Assert.Single(Said.Read(Said.Header($"ADT^{trigger}"), Said.Pid, $"PV1||{patientClass}|||||||||||||||||V1").Items<Encounter>());

        Assert.Equal(status, visit.Status);
    }

    [Fact]
    public void When_a_person_is_updated_then_the_visit_in_its_PV1_is_not_one() =>
        Assert.Empty(Said.Read(Said.Header("ADT^A31"), Said.Pid, "PV1||N|||||||||||||||||V1").Items<Encounter>());

    [Fact]
    public void When_a_laboratory_sends_a_result_then_its_PID_says_who_and_not_where_they_live()
    {
        var person = Assert.Single(Said.Read(
            Said.Header("ORU^R01"), Said.Pid + "|||Old address^^Weymouth||01305 000199", "OBR|1||F1|P^Panel", "OBX|1|NM|T^Test||5||||||F").Items<Demographics>());

        Assert.Equal(("Hardwick", null, null), (person.FamilyName, person.Address, person.Telephone));
    }

    [Theory]
    [InlineData("20261109", "", true, "2026-11-09")]
    [InlineData("", "Y", true, null)]
    [InlineData("\"\"", "", false, null)]
    [InlineData("\"\"", "N", false, null)]
    [InlineData("", "", null, null)]
    public void When_a_death_is_stated_or_taken_back_then_so_is_the_record(string pid29, string pid30, bool? deceased, string? diedOn)
    {
        var pid = $"{string.Join('|', (Said.Pid + new string('|', 30)).Split('|')[..29])}|{pid29}|{pid30}";

        var person = Assert.Single(Said.Read(Said.Header("ADT^A31"), pid).Items<Demographics>());

        Assert.Equal((deceased, diedOn), (person.Deceased, person.DiedOn?.ToString()));
        Assert.Equal(pid29.Contains('"'), person.Cleared?.Contains(nameof(Demographics.DiedOn)) == true);
    }
}

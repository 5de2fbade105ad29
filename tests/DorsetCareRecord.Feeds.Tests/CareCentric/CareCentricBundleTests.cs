using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.CareCentric;

/// <summary>CareCentric's documents as FHIR: the same patient as of its HL7 v2 messages, content from the bundle or not at all.</summary>
public sealed class CareCentricBundleTests
{
    private static readonly string File = Golden.Folder("CareCentric", "Golden", "documents.json");

    [Fact]
    public void When_a_golden_bundle_is_read_then_its_facts_are_those_beside_it() => Golden.Compare(File, Read());

    [Fact]
    public void When_documents_are_read_then_status_content_and_origin_are_what_was_sent()
    {
        var patient = Assert.Single(Assert.IsType<Understood>(Read()).Patients);
        var letters = patient.Facts.OfType<Stated>().Where(s => s.Item is Letter).ToDictionary(s => s.Key, s => (Letter)s.Item);

        Assert.Equal("P1234567", patient.Patient.Id);
        Assert.Equal((LetterStatus.Final, 17, (string?)null), (letters["CC-DOC-1"].Status, letters["CC-DOC-1"].ContentLength!.Value, letters["CC-DOC-1"].Organisation));
        Assert.Equal(("CC-DOC-0", "Dorset HealthCare", "application/pdf"), (letters["CC-DOC-2"].Replaces, letters["CC-DOC-2"].Organisation, letters["CC-DOC-2"].ContentType));
        Assert.Equal((LetterStatus.Draft, (string?)null), (letters["CC-DOC-4"].Status, letters["CC-DOC-4"].ContentHash));
        Assert.Contains(patient.Facts.OfType<Withdrawn>(), w => w.Key == "CC-DOC-3");
    }

    /// <summary>The same bundle in Bournemouth's feed: Poole's number and organisation are then another trust's.</summary>
    [Fact]
    public void When_Bournemouth_sends_then_its_own_trust_is_the_bare_one()
    {
        var patient = Assert.Single(Assert.IsType<Understood>(Read(SourceCodes.CareCentricBournemouth)).Patients);
        var origins = patient.Facts.OfType<Stated>().Where(s => s.Item is Letter).ToDictionary(s => s.Key, s => ((Letter)s.Item).Organisation);

        Assert.Equal((SourceCodes.CareCentricBournemouth, "RD3|P1234567"), (patient.Patient.Source, patient.Patient.Id));
        Assert.Equal(("Poole Hospital", "Dorset HealthCare"), (origins["CC-DOC-1"], origins["CC-DOC-2"]));
    }

    [Fact]
    public void When_a_document_replaces_another_then_the_older_is_superseded_whether_it_was_sent_or_not()
    {
        var facts = Assert.Single(Assert.IsType<Understood>(Read()).Patients).Facts;

        Assert.Equal(LetterStatus.Superseded, ((Letter)facts.OfType<Stated>().Single(s => s.Key == "CC-DOC-0").Item).Status);
    }

    [Fact]
    public void When_a_document_points_elsewhere_then_it_is_kept_without_content_and_remarked()
    {
        var remarks = Assert.IsType<Understood>(Read()).Remarks;

        Assert.Equal([Reasons.Incomplete, Reasons.UnknownType], remarks.Select(r => r.Reason).Order(StringComparer.Ordinal));
    }

    /// <summary>R28: what is the same in these is shown once when the record is read.</summary>
    [Fact]
    public void When_the_same_document_came_as_MDM_then_patient_content_kind_and_day_agree()
    {
        const string message = "MSH|^~\\&|CareCentric|RD3|DCR|DCR|20261118160500||MDM^T02|9|P|2.4\rPID|1||P1234567^^^RD3^MR\r"
            + "TXA|1|DS^Discharge summary|AP|20261118160000||20261118160000||||||DOC-9||||||AU\r"
            + "OBX|1|ED|^Discharge summary||^TEXT^HTML^Base64^PHA+SG9tZSB0b2RheTwvcD4=\r";

        var byMdm = One(Adapters.Read(new InboxMessage(
            2, DateTimeOffset.UnixEpoch, SourceCodes.CareCentric, Formats.Hl7v2, System.Text.Encoding.UTF8.GetBytes(message), "9")), key: "DOC-9");
        var byFhir = One(Read(), key: "CC-DOC-1");

        Assert.Equal(byMdm, byFhir);

        static (string Patient, string? Hash, LetterKind Kind, DateOnly? Day) One(Reading reading, string key)
        {
            var patient = Assert.Single(Assert.IsType<Understood>(reading).Patients);
            var letter = (Letter)patient.Facts.OfType<Stated>().Single(s => s.Key == key).Item;
            return (patient.Patient.Id, letter.ContentHash, letter.Kind, letter.WrittenAt?.DayInLondon);
        }
    }

    private static Reading Read(string source = SourceCodes.CareCentric) => Adapters.Read(new InboxMessage(
        1, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), source, Formats.FhirJson, System.IO.File.ReadAllBytes(File), "CC-B-1"));
}

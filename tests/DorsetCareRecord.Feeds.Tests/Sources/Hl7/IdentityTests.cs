using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>Who a message is about, however its sender writes it.</summary>
public sealed class IdentityTests
{
    [Theory]
    // Every shape of feeds table 2.2, then status.
    [InlineData("PID|||9990000018^^^NHS", "9990000018", "02")]
    [InlineData("PID|||D1^^^RBD^HOSP~9990000018^^^NHSNBR^NHSNMBR", "9990000018", "02")]
    [InlineData("PID|||D1^^^RBD^HOSP~9990000018^^^NHS^HN", "9990000018", "02")]
    [InlineData("PID|||D1~9990000018^^^NHS^NH", "9990000018", "02")]
    [InlineData("PID|||D1~9990000018^^^NHS^NH{status:01}", "9990000018", "01")]
    [InlineData("PID|||D1~9990000018^^^NHS^NHS", "9990000018", "02")]
    [InlineData("PID||^NSTS03^^NHS^NHS|D1", null, null)]
    [InlineData("PID||9990000018^NSTS01^^NHS^NHS|D1", "9990000018", "01")]
    [InlineData("PID||9990000018^^^NHS|D1", "9990000018", "02")]
    [InlineData("PID||9990000018^NHS|D1", "9990000018", "02")]
    [InlineData("PID|||D1||||||||||||||||9990000018", "9990000018", "02")]
    [InlineData("PID|||D1~999 000 0018^^^&2.16.840.1.113883.2.1.4.1&ISO", "9990000018", "02")]
    [InlineData("PID|||D1~9990000018^^^NHS^NH|||||||||||||||||||||||||||||NSTS04", "9990000018", "04")]
    [InlineData("PID|||D1~9990000018^^^NHS^NH|||||||||||||||||||||||||||||\"\"~\"\"~01", "9990000018", "01")]
    [InlineData("PID|||D1||||||||||||||||123456789", null, null)]
    public void When_an_NHS_number_is_sent_then_it_is_found(string pid, string? number, string? status)
    {
        var person = Assert.Single(Said.Read(Said.Header("ADT^A31"), pid).Items<Demographics>());

        Assert.Equal((number, status), (person.NhsNumber, person.NhsNumberStatus));
    }

    [Theory]
    [InlineData("PID|||D1~9990000019^^^NHS^NH", "PID-3", "10 digits")]
    [InlineData("PID||9999999999^^^NHS|D1", "PID-2", "10 digits")]
    [InlineData("PID|||D1~99900000^^^NHS^NH", "PID-3", "8 digits")]
    [InlineData("PID|||D1~9990000018^^^NHS^NH~9990000026^^^NHS^NH", "PID-3", "two different numbers")]
    public void When_an_NHS_number_is_wrong_then_it_is_remarked_and_the_patient_kept(string pid, string place, string shape)
    {
        var reading = Said.Read(Said.Header("ADT^A31"), pid);

        Assert.Equal("D1", reading.Patient().Patient.Id);
        Assert.Null(Assert.Single(reading.Items<Demographics>()).NhsNumber);
        Assert.Equal([new Fault(Reasons.InvalidNhsNumber, place, shape)], ((Understood)reading).Remarks);
    }

    [Theory]
    [InlineData("PID|||D1^^^RBD01^HOSP", "D1")]
    [InlineData("PID|||D1", "D1")]
    [InlineData("PID|||D1^^^RAJ12^HOSP", "RAJ12|D1")]
    [InlineData("PID|||^^^RBD^DIST~D1^^^RBD^HOSP", "D1")]
    [InlineData("PID|||555^^^SSA^SS~D1^^^RBD^MR", "D1")]
    [InlineData("PID|||A1^^^OTHER^XYZ~D1^^^RBD^HOSP~E1^^^RBD^PI", "D1")]
    [InlineData("PID||D1|9990000018^^^NHS^NH", "D1")]
    [InlineData("PID||||D1", "D1")]
    [InlineData("PID|||9990000018^^^NHS^NH", "nhs|9990000018")]
    [InlineData("PID|||D1^^^RBD01&1.2.3&ISO^HOSP", "D1")]
    public void When_a_patient_has_a_number_then_it_is_theirs_at_the_source(string pid, string id)
    {
        var reading = Said.Read(Said.Header("ADT^A31"), pid);

        Assert.Equal(id, reading.Patient().Patient.Id);
        var body = System.Text.Encoding.ASCII.GetBytes(Said.Header("ADT^A31") + "\r" + pid);
        Assert.Equal(id, QuickLook.At(body, Profiles.Of(SourceCodes.SystemC)).Patient);
    }

    [Theory]
    [InlineData("PID|||^^^RBD^HOSP||Hardwick^Edith", "PID-3")]
    [InlineData("PID|||9990000019^^^NHS^NH", "PID-3")]
    [InlineData("EVN|A31", "PID")]
    public void When_nothing_tells_who_the_patient_is_then_the_message_is_parked(string segment, string place)
    {
        var fault = Said.Read(Said.Header("ADT^A31"), segment).Fault();

        Assert.Equal((Reasons.NoPatient, place), (fault.Reason, fault.Place));
    }

    [Theory]
    [InlineData("MRG|D9^^^RBD01^HOSP", "D9")]
    [InlineData("MRG|D9", "D9")]
    [InlineData("MRG|D8~D9^^^RBD", "D8 D9")]
    public void When_patients_are_merged_then_PID_stays_and_MRG_goes(string mrg, string priors)
    {
        foreach (var trigger in new[] { "A18", "A34", "A36", "A40", "A47" })
        {
            var facts = Said.Read(Said.Header($"ADT^{trigger}"), Said.Pid, mrg).Patient().Facts.OfType<Merged>().ToList();

            Assert.Equal(priors, string.Join(' ', facts.Select(f => f.Prior.Id)));
            Assert.All(facts, f => Assert.Equal("D1000001", f.Survivor.Id));
        }
    }

    [Theory]
    [InlineData("MRG|D1000001^^^RBD01^HOSP", "the same number as PID-3")]
    [InlineData("MRG|D9^^^RDZ^HOSP", "another namespace than PID-3")]
    [InlineData("MRG|", "no patient number")]
    [InlineData("ZU1|", "absent")]
    public void When_a_merge_is_unclear_then_a_human_decides(string mrg, string shape)
    {
        var fault = Said.Read(Said.Header("ADT^A40"), Said.Pid, mrg).Fault();

        Assert.Equal((Reasons.MergeNeedsReview, shape), (fault.Reason, fault.Shape));
    }

    [Theory]
    [InlineData("MRG|D9^^^RBD01^HOSP", "D9")]
    [InlineData("MRG|D1000001^^^RBD01^HOSP", "D1000001")]
    public void When_a_number_is_moved_to_another_person_then_it_is_PIDs_or_stands_for_itself(string mrg, string prior)
    {
        var facts = Said.Read(Said.Header("ADT^A43"), Said.Pid, mrg).Patient().Facts;

        var moved = Assert.Single(facts.OfType<Merged>());
        Assert.Equal((prior, "D1000001"), (moved.Prior.Id, moved.Survivor.Id));
        Assert.Contains(facts, f => f is Stated { Item: Demographics });
    }

    [Theory]
    [InlineData("A43", "MRG|D9^^^RDZ^HOSP")]
    [InlineData("A43", "ZU1|")]
    [InlineData("A29", "ZU1|")]
    public void When_a_number_is_moved_unclearly_or_a_person_deleted_then_a_human_decides(string trigger, string segment) =>
        Assert.Equal(Reasons.MergeNeedsReview, Said.Read(Said.Header($"ADT^{trigger}"), Said.Pid, segment).Fault().Reason);

    [Theory]
    [InlineData("A45", "MRG|D9^^^RBD01||||V1", "V1")]
    [InlineData("A45", "MRG|D9^^^RBD01", "V1")]
    [InlineData("A44", "MRG|D9^^^RBD01||||V0", "V0")]
    [InlineData("A50", "MRG|D9^^^RBD01||||V0", "V0")]
    public void When_a_visit_was_another_patients_then_it_is_this_ones_with_all_that_was_said_of_it(string trigger, string mrg, string was)
    {
        var facts = Said.Read(Said.Header($"ADT^{trigger}"), Said.Pid, mrg, "PV1||I|||||||||||||||||V1").Patient().Facts;

        var moved = Assert.Single(facts.OfType<Moved>());
        Assert.Equal(("D9", was, "D1000001", "V1"), (moved.Prior.Id, moved.PriorKey, moved.Owner.Id, moved.Key));
        Assert.Contains(facts, f => f is Stated { Key: "V1", Item: Encounter });
    }

    [Theory]
    [InlineData("A42")]
    [InlineData("A50")]
    [InlineData("A51")]
    public void When_a_visit_gets_another_number_then_what_was_said_under_the_old_goes_to_the_new(string trigger)
    {
        var facts = Said.Read(Said.Header($"ADT^{trigger}"), Said.Pid, "MRG|D1000001^^^RBD01||||V1", "PV1||I|||||||||||||||||V2").Patient().Facts;

        var moved = Assert.Single(facts.OfType<Moved>());
        Assert.Equal((moved.Owner, "V1", "V2"), (moved.Prior, moved.PriorKey, moved.Key));
        Assert.Contains(facts, f => f is Stated { Key: "V2", Item: Encounter });
    }
}

using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>Alerts in ADT: shown as text, never guessed, over when the source says so.</summary>
public sealed class AlertTests
{
    [Theory]
    [InlineData("OBX|1|CE|MRSA^MRSA carrier^L||Y^Yes||||||F|||20261101", "MRSA carrier", true)]
    [InlineData("OBX|1|CE|MRSA^MRSA carrier^L||N^No||||||F", "MRSA carrier", false)]
    [InlineData("OBX|1|IS|ALERT^Alert^L||VIOL^Aggressive behaviour^L", "Alert: Aggressive behaviour", true)]
    [InlineData("OBX|1|TX|NOTE^Note^L||Uses a hearing loop", "Note: Uses a hearing loop", true)]
    [InlineData("OBX|1||^Needs an interpreter||Yes", "Needs an interpreter", true)]
    [InlineData("OBX|1|TX|NOTE^Note^L||Not Set", "Note", false)]
    [InlineData("ZU8|U|1|Yes|", "Alert recorded, not described by the source", true)]
    [InlineData("ZU8|Z|1|No", "Alert recorded, not described by the source", false)]
    public void When_an_alert_is_sent_then_it_is_a_flag_in_its_words(string segment, string text, bool active)
    {
        var flag = Assert.Single(Said.Read(Said.Header("ADT^A31"), Said.Pid, segment).Items<Flag>());

        Assert.Equal((FlagKind.Other, text, active), (flag.Kind, flag.Text, flag.Active));
    }

    [Theory]
    [InlineData("OBX|1|CE|MRSA^MRSA carrier^L||\"\"")]
    [InlineData("OBX|1|CE|MRSA^MRSA carrier^L||Y||||||D")]
    public void When_an_alert_is_deleted_then_the_one_sent_before_is_withdrawn(string segment)
    {
        var sent = Said.Read(Said.Header("ADT^A31"), Said.Pid, "OBX|1|CE|MRSA^MRSA carrier^L||Y").Patient().Facts.OfType<Stated>().Single(s => s.Item is Flag);
        var deleted = Said.Read(Said.Header("ADT^A31"), Said.Pid, segment).Patient().Facts.OfType<Withdrawn>();

        Assert.Contains(deleted, w => w.Key == sent.Key && w.ItemType == typeof(Flag));
    }

    [Fact]
    public void When_alerts_share_a_name_then_each_is_one_of_its_own()
    {
        var facts = Said.Read(Said.Header("ADT^A08"), Said.Pid, "OBX|1|IS|ALERT^Alert||VIOL", "OBX|2|IS|ALERT^Alert||MRSA", "OBX|3|TX|NOTE^Note||One", "OBX|4|TX|NOTE^Note||Two")
            .Patient().Facts.OfType<Stated>().Where(s => s.Item is Flag).ToList();

        Assert.Equal(["OBX|ALERT||VIOL", "OBX|ALERT||MRSA", "OBX|NOTE", "OBX|NOTE|#2"], facts.Select(f => f.Key));
    }

    [Fact]
    public void When_it_is_a_measurement_or_the_profile_has_no_such_segment_then_it_is_no_alert()
    {
        var measured = Assert.IsType<Understood>(Said.Read(Said.Header("ADT^A08"), Said.Pid, "OBX|1|NM|8867-4^Heart rate^LN||60"));
        var unknown = Assert.IsType<Understood>(Said.ReadAs(SourceCodes.Camis, Said.Header("ADT^A31"), Said.Pid, "ZU8|U|1|Yes"));

        Assert.Equal((Reasons.UnknownType, "OBX-2"), (Assert.Single(measured.Remarks).Reason, measured.Remarks[0].Place));
        Assert.DoesNotContain(measured.Patients.Concat(unknown.Patients).SelectMany(p => p.Facts).OfType<Stated>(), s => s.Item is Flag);
    }
}

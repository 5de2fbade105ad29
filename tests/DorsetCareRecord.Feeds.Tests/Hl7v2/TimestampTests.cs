using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("1937", "1937")]
    [InlineData("193703", "1937-03")]
    [InlineData("19370314", "1937-03-14")]
    [InlineData("1937-03-14", "1937-03-14")]
    [InlineData("2026112314", "2026-11-23")]
    [InlineData("202611231402", "2026-11-23T14:02Z")]
    [InlineData("20261123140205", "2026-11-23T14:02:05Z")]
    [InlineData("20261123140205.1234", "2026-11-23T14:02:05Z")]
    [InlineData("20260723140205", "2026-07-23T13:02:05Z")]
    [InlineData("202607231402+0000", "2026-07-23T14:02Z")]
    [InlineData("202607231402-0330", "2026-07-23T17:32Z")]
    [InlineData("2026-07-23T14:02:05+01:00", "2026-07-23T13:02:05Z")]
    [InlineData("2026-07-23 14:02", "2026-07-23T13:02Z")]
    [InlineData("20260723140205Z", "2026-07-23T14:02:05Z")]
    [InlineData("202610250130", "2026-10-25T00:30Z")]
    [InlineData("202603290130", "2026-03-29T01:30Z")]
    [InlineData("20240229", "2024-02-29")]
    [InlineData(" 20240229 ", "2024-02-29")]
    public void When_a_date_is_sound_then_its_precision_is_kept(string raw, string expected)
    {
        var read = Timestamp.Read(raw);

        Assert.Equal(expected, read?.ToClinicalDate().ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("NSP")]
    [InlineData("196513121515")]
    [InlineData("20230229")]
    [InlineData("00000000")]
    [InlineData("2026112325")]
    [InlineData("202611231460")]
    [InlineData("193")]
    [InlineData("19370")]
    [InlineData("202611231402+99")]
    [InlineData("202611231402+2500")]
    [InlineData("12/03/1937")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void When_a_part_cannot_be_then_the_value_is_unreadable(string raw) => Assert.Null(Timestamp.Read(raw));

    [Fact]
    public void When_a_birthday_has_midnight_appended_then_it_is_a_day()
    {
        var read = Timestamp.Read("19370714000000")!.Value;

        Assert.Equal("1937-07-14", read.ToDay().ToString());
    }

    [Theory]
    [InlineData("2026-10-25T00:31Z", "2026-10-25T00:30Z")]
    [InlineData("2026-10-25T01:31Z", "2026-10-25T01:30Z")]
    public void When_an_hour_occurs_twice_then_the_time_of_receipt_tells_which(string received, string expected)
    {
        var read = Timestamp.Read("202610250130")!.Value;

        var instant = read.ToInstant(DateTimeOffset.Parse(received, null));

        Assert.Equal(expected, ClinicalDate.OfInstant(instant).ToString());
    }

    [Fact]
    public void When_a_time_has_a_fraction_then_versions_keep_it()
    {
        var first = Timestamp.Read("20261123140205.123")!.Value.ToInstant(default);
        var second = Timestamp.Read("20261123140205.124")!.Value.ToInstant(default);

        Assert.Equal(TimeSpan.FromMilliseconds(1), second - first);
    }
}

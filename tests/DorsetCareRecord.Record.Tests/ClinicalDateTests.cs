using System.Globalization;
using CsCheck;
using DorsetCareRecord.Record.Values;
using Xunit;

namespace DorsetCareRecord.Record.Tests;

public sealed class ClinicalDateTests
{
    [Theory]
    [InlineData("1945", DatePrecision.Year)]
    [InlineData("1945-07", DatePrecision.Month)]
    [InlineData("1945-07-14", DatePrecision.Day)]
    [InlineData("2026-11-23T14:02Z", DatePrecision.Minute)]
    [InlineData("2026-11-23T14:02:05Z", DatePrecision.Second)]
    public void When_read_then_its_precision_is_kept(string text, DatePrecision precision)
    {
        Assert.True(ClinicalDate.TryParse(text, out var date));
        Assert.Equal(precision, date.Value.Precision);
        Assert.Equal(text, date.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("45")]
    [InlineData("1945-13")]
    [InlineData("2026-02-29")]
    [InlineData("2026-11-23T25:02Z")]
    [InlineData("2026-11-23T14:02+01:00")]
    [InlineData("14-Jul-1945")]
    public void When_it_is_not_the_storage_form_then_it_is_refused(string text) =>
        Assert.False(ClinicalDate.TryParse(text, out _));

    [Fact]
    public void When_any_instant_is_written_and_read_then_it_is_the_same() =>
        Gen.DateTimeOffset.Select(Gen.Enum<DatePrecision>()).Sample((instant, precision) =>
        {
            if (precision < DatePrecision.Minute)
                return;
            var date = ClinicalDate.OfInstant(instant, precision);

            Assert.True(ClinicalDate.TryParse(date.ToString(), out var again));
            Assert.Equal(date, again);
        });

    [Theory]
    // Summer time, winter time, the hour that comes twice (its first coming), the hour that does not exist.
    [InlineData("2026-07-01T09:30", "2026-07-01T08:30Z")]
    [InlineData("2026-12-01T09:30", "2026-12-01T09:30Z")]
    [InlineData("2026-10-25T01:30", "2026-10-25T00:30Z")]
    [InlineData("2026-03-29T01:30", "2026-03-29T01:30Z")]
    public void When_a_wall_clock_in_Dorset_is_read_then_summer_time_is_minded(string wall, string stored) =>
        Assert.Equal(stored, ClinicalDate.OfLondon(DateTime.Parse(wall, CultureInfo.InvariantCulture)).ToString());

    [Fact]
    public void When_it_is_a_day_then_no_time_zone_moves_it()
    {
        var born = ClinicalDate.OfDay(new DateOnly(1972, 6, 1));

        Assert.Equal(new DateOnly(1972, 6, 1), born.DayInLondon);
    }
}

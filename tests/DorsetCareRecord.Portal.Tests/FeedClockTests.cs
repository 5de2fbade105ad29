using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Organisations;
using Xunit;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>What a section's foot is told of a source that somebody has stopped: neither that it was received nor that it is late.</summary>
public sealed class FeedClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Pause = Now.AddHours(-2);

    [Fact]
    public void When_a_paused_source_goes_on_sending_then_nothing_counts_as_received_after_the_pause_began() =>
        Assert.Equal((Pause, Standing.Paused), Heard(Now.AddMinutes(-1), Pause));

    [Fact]
    public void When_a_source_was_silent_before_it_was_paused_then_it_was_last_received_then() =>
        Assert.Equal((Pause.AddDays(-3), Standing.Paused), Heard(Pause.AddDays(-3), Pause));

    [Fact]
    public void When_a_source_that_never_sent_is_paused_then_it_is_still_not_connected() =>
        Assert.Equal((null, Standing.NotConnected), Heard(null, Pause));

    [Theory]
    [InlineData(1, Standing.Received)]
    [InlineData(60, Standing.Late)]
    [InlineData(600, Standing.Silent)]
    public void When_a_source_is_not_paused_then_its_silence_decides(int minutes, Standing standing) =>
        Assert.Equal((Now.AddMinutes(-minutes), standing), Heard(Now.AddMinutes(-minutes), null));

    private static (DateTimeOffset?, Standing) Heard(DateTimeOffset? last, DateTimeOffset? paused)
    {
        var expectation = Expectation.Default(SourceCodes.SystemC, Expectation.HourOfWeek(Now));
        var heard = FeedClock.HeardOf(new Freshness(SourceCodes.SystemC, last, expectation, paused), Now);
        return (heard.LastReceived, heard.Standing);
    }
}

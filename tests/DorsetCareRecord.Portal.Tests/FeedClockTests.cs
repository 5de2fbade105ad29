using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Organisations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// What a section's foot is told of a source that somebody has stopped: neither that it was received nor that it is late. And what pages say
/// when one of the questions, or all of them, cannot be asked.
/// </summary>
public sealed class FeedClockTests(PortalFixture fixture) : IClassFixture<PortalFixture>
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

    [Fact]
    public async Task When_the_notices_or_the_sources_cannot_be_read_then_the_others_stand_and_what_was_said_stays_for_its_time()
    {
        await using var access = new AccessDatabase(Database);
        var clock = new SteppingClock();
        await using var feeds = new FeedClock(Database, access, clock);
        await SayAsync();
        var whole = await feeds.ReadAsync(Cancel);
        Assert.Single(whole.Notices);

        var without = await WithoutAsync("access.service_notice");
        Assert.Equal(whole.Sources, without.Sources);
        Assert.Equal((whole.Digest, whole.Notices[0]), (without.Digest, Assert.Single(without.Notices)));
        without = await WithoutAsync("inbox.expectation");
        Assert.Empty(without.Sources);
        Assert.Single(without.Notices);
        Assert.Single(feeds.KnownNotices);
        clock.Now += TimeSpan.FromHours(1);
        Assert.Empty(feeds.KnownNotices);

        async Task<FeedsNow> WithoutAsync(string table)
        {
            var name = table.Split('.')[1];
            await fixture.Portal.AskAsync($"alter table {table} rename to {name}_away");
            try
            {
                clock.Now += TimeSpan.FromMinutes(1);
                return await feeds.ReadAsync(Cancel);
            }
            finally
            {
                await fixture.Portal.AskAsync($"alter table {table}_away rename to {name}");
            }
        }
    }

    /// <summary>Else every page would wait anew for a database that does not answer in time.</summary>
    [Fact]
    public async Task When_a_look_takes_its_time_then_it_is_as_old_as_its_end()
    {
        await using var access = new AccessDatabase(Database);
        await using var feeds = new FeedClock(Database, access, new SteppingClock(TimeSpan.FromSeconds(30)));

        Assert.Same(await feeds.ReadAsync(Cancel), await feeds.ReadAsync(Cancel));
    }

    [Fact]
    public async Task When_a_page_stands_in_for_another_then_it_shows_the_notices_known_and_asks_for_none()
    {
        using var statements = new Statements();
        using var client = await fixture.Portal.SignInAsync("clinician.dch");
        await SayAsync();

        Assert.DoesNotContain("What everybody knows", await OpenAsync("/no-such-page"), StringComparison.Ordinal); // nobody has asked yet
        Assert.Contains("What everybody knows", await OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("What everybody knows", await OpenAsync("/no-such-page"), StringComparison.Ordinal);

        async Task<string> OpenAsync(string path)
        {
            var (id, header) = Statements.Trace();
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "traceparent", header } } };
            using var answer = await client.SendAsync(request, Cancel);
            Assert.Equal(path == "/", statements.Of(id).Any(asked => asked.Contains("access.service_notice", StringComparison.Ordinal)));
            return await answer.Content.ReadAsStringAsync(Cancel);
        }
    }

    [Fact]
    public void When_there_are_several_notices_then_the_digest_has_each_apart_and_moves_with_each()
    {
        ServiceNotice[] notices = [.. Enumerable.Range(0, 3).Select(_ => new ServiceNotice(Guid.CreateVersion7(Now), "Late", Now, Now.AddHours(1), "Ann", null, null))];

        var digests = Enumerable.Range(0, 4).Select(n => FeedsNow.Of(new Dictionary<string, Heard>(), notices[..n]).Digest).ToList();

        Assert.Equal(["", .. Enumerable.Range(1, 3).Select(n => string.Concat(notices[..n].Select(notice => $".{notice.Id.ToString()[^8..]}")))], digests);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => fixture.Portal.App.Services.GetRequiredService<Settings>().Database;

    /// <summary>One notice and no other, for an hour.</summary>
    private Task<string?> SayAsync() => fixture.Portal.AskAsync("""
        delete from access.service_notice;
        insert into access.service_notice (id, text, shown_from, shown_to, by_id, by)
        select gen_random_uuid(), 'What everybody knows', now() - interval '1 minute', now() + interval '50 minutes', id, 'Ann' from access.account limit 1
        """);

    /// <summary>Stands still, but that so much passes after the first look at it.</summary>
    private sealed class SteppingClock(TimeSpan pause = default) : TimeProvider
    {
        private TimeSpan _pause = pause;

        internal DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow()
        {
            var now = Now;
            (Now, _pause) = (now + _pause, TimeSpan.Zero);
            return now;
        }
    }

    private static (DateTimeOffset?, Standing) Heard(DateTimeOffset? last, DateTimeOffset? paused)
    {
        var expectation = Expectation.Default(SourceCodes.SystemC, Expectation.HourOfWeek(Now));
        var heard = FeedClock.HeardOf(new Freshness(SourceCodes.SystemC, last, expectation, paused), Now);
        return (heard.LastReceived, heard.Standing);
    }
}

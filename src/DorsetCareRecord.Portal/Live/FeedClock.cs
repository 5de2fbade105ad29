using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Record.Organisations;
using Npgsql;

namespace DorsetCareRecord.Portal.Live;

/// <summary>What all pages say of the sources at this moment.</summary>
/// <param name="Notices">What operators say to everybody.</param>
/// <param name="Digest">Changes when a source's standing does, or a notice comes or goes, not with each message; says nothing else.</param>
internal sealed record FeedsNow(IReadOnlyDictionary<string, Heard> Sources, IReadOnlyList<ServiceNotice> Notices, string Digest)
{
    internal static FeedsNow Of(IReadOnlyDictionary<string, Heard> sources, IReadOnlyList<ServiceNotice>? notices = null) => new(sources, notices ?? [], string.Concat(
    [
        .. sources.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{(int)s.Value.Standing}{(s.Value.HasTheWord ? "" : "-")}"),
        .. (notices ?? []).Select(notice => $".{notice.Id:N}"[^8..]),
    ]));
}

/// <summary>
/// When each source was last heard and whether that is late for this hour, asked at most every few seconds for all pages together. When
/// even that cannot be asked, no source counts as heard: a page must not say "received" on the strength of not knowing.
/// </summary>
internal sealed class FeedClock(string database, AccessDatabase access, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 2, ApplicationName = "dcr-portal-feeds" });

    private readonly SemaphoreSlim _asking = new(1);
    private (DateTimeOffset At, FeedsNow Feeds) _last = (DateTimeOffset.MinValue, Nobody);

    private static readonly FeedsNow Nobody = FeedsNow.Of(new Dictionary<string, Heard>());

    /// <summary>What each council supplies, as of the last time anybody asked.</summary>
    internal ILookup<string, SuppliedFile> Supplied { get; private set; } = Array.Empty<SuppliedFile>().ToLookup(file => file.Source);

    internal async Task<FeedsNow> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now - _last.At < Fresh)
            return _last.Feeds;
        if (!await _asking.WaitAsync(0, cancel))
            return _last.Feeds; // somebody is asking already; a few seconds older will do
        try
        {
            Supplied = (await SourceCoverage.ReadAsync(_source, cancel)).ToLookup(file => file.Source);
            var read = await SourceFreshness.ReadAsync(_source, now, cancel);
            _last = (now, await NamedAsync(read, await ServiceNotices.ShownAsync(access, now, cancel), now, cancel));
        }
        catch (NpgsqlException)
        {
            _last = (now, Nobody);
        }
        finally
        {
            _asking.Release();
        }

        return _last.Feeds;
    }

    private async Task<FeedsNow> NamedAsync(
        IReadOnlyList<Freshness> read, IReadOnlyList<ServiceNotice> notices, DateTimeOffset at, CancellationToken cancel)
    {
        var live = await Successions.LiveAsync(access, at, cancel);
        return FeedsNow.Of(read.ToDictionary(freshness => freshness.Source, freshness => HeardOf(freshness, at) with
        {
            HasTheWord = freshness.Source != SourceCodes.CareCentricBournemouth || live.Contains(freshness.Source),
        }), notices);
    }

    /// <summary>Of a paused source nothing counts as received after the pause began, however loud it is: no page shows it.</summary>
    internal static Heard HeardOf(Freshness freshness, DateTimeOffset now) =>
        freshness is { PausedSince: { } pause, LastReceivedAt: { } last }
            ? new(last < pause ? last : pause, Standing.Paused, Expectation.IsOvernight(freshness.Source))
            : new(freshness.LastReceivedAt, StandingOf(freshness.StateAt(now)), Expectation.IsOvernight(freshness.Source));

    private static Standing StandingOf(SourceState state) => state switch
    {
        SourceState.OnTime => Standing.Received,
        SourceState.Late => Standing.Late,
        SourceState.Silent => Standing.Silent,
        SourceState.NotConnected => Standing.NotConnected,
        _ => throw new InvalidOperationException("A state of a source that no page shows."),
    };

    /// <summary>As of a past moment; asked each time, for the past is looked at seldom.</summary>
    internal async Task<FeedsNow> ReadAsync(DateTimeOffset then, CancellationToken cancel)
    {
        try
        {
            var read = await SourceFreshness.ReadThenAsync(_source, then, cancel);
            return await NamedAsync(read, [], then, cancel);
        }
        catch (NpgsqlException)
        {
            return Nobody;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _asking.Dispose();
    }
}

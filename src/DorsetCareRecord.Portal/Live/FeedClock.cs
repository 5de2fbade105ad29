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
        .. (notices ?? []).Select(notice => $".{notice.Id.ToString("N")[^8..]}"), // the end of it is chance, the beginning the time
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
    private volatile Look _last = new(DateTimeOffset.MinValue, Nobody);

    private static readonly FeedsNow Nobody = FeedsNow.Of(new Dictionary<string, Heard>());

    /// <param name="At">When its answer was there: of a database that answers late or never, not every page asks again.</param>
    private sealed record Look(DateTimeOffset At, FeedsNow Feeds);

    /// <summary>What each council supplies, as of the last time anybody asked.</summary>
    internal ILookup<string, SuppliedFile> Supplied { get; private set; } = Array.Empty<SuppliedFile>().ToLookup(file => file.Source);

    /// <summary>The notices known, without asking: for pages that stand in for another, the database's failing perhaps.</summary>
    internal IReadOnlyList<ServiceNotice> KnownNotices => StillShown(clock.GetUtcNow());

    internal async Task<FeedsNow> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now - _last.At < Fresh)
            return _last.Feeds;
        if (!await _asking.WaitAsync(0, cancel))
            return _last.Feeds; // somebody is asking already; a few seconds older will do
        try
        {
            // At once, so that a database out of reach is waited for once.
            var sources = SourcesAsync(now, cancel);
            var notices = NoticesAsync(now, cancel);
            await Task.WhenAll(sources, notices);
            _last = new Look(clock.GetUtcNow(), FeedsNow.Of(await sources, await notices));
        }
        finally
        {
            _asking.Release();
        }

        return _last.Feeds;
    }

    /// <summary>None when they cannot be asked for: nobody counts as heard then.</summary>
    private async Task<IReadOnlyDictionary<string, Heard>> SourcesAsync(DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            Supplied = (await SourceCoverage.ReadAsync(_source, cancel)).ToLookup(file => file.Source);
            return await NamedAsync(await SourceFreshness.ReadAsync(_source, now, cancel), now, cancel);
        }
        catch (NpgsqlException)
        {
            return Nobody.Sources;
        }
    }

    /// <summary>Those known before when they cannot be read: what somebody says to everybody does not go because it cannot be asked for again.</summary>
    private async Task<IReadOnlyList<ServiceNotice>> NoticesAsync(DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return await ServiceNotices.ShownAsync(access, now, cancel);
        }
        catch (NpgsqlException)
        {
            return StillShown(now);
        }
    }

    private IReadOnlyList<ServiceNotice> StillShown(DateTimeOffset at) => [.. _last.Feeds.Notices.Where(notice => notice.IsShown(at))];

    private async Task<IReadOnlyDictionary<string, Heard>> NamedAsync(IReadOnlyList<Freshness> read, DateTimeOffset at, CancellationToken cancel)
    {
        var live = await Successions.LiveAsync(access, at, cancel);
        return read.ToDictionary(freshness => freshness.Source, freshness => HeardOf(freshness, at) with
        {
            HasTheWord = freshness.Source != SourceCodes.CareCentricBournemouth || live.Contains(freshness.Source),
        });
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
            return FeedsNow.Of(await NamedAsync(read, then, cancel));
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

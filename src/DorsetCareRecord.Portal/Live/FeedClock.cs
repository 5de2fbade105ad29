using DorsetCareRecord.Feeds.Desk;
using Npgsql;

namespace DorsetCareRecord.Portal.Live;

/// <summary>
/// When each source was last heard, asked at most every few seconds for all pages together. When even that cannot be asked,
/// no source counts as heard: a page must not say "received" on the strength of not knowing.
/// </summary>
internal sealed class FeedClock(string database, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 2, ApplicationName = "dcr-portal-feeds" });

    private readonly SemaphoreSlim _asking = new(1);
    private (DateTimeOffset At, IReadOnlyDictionary<string, DateTimeOffset?> Times) _last = (DateTimeOffset.MinValue, Nobody);

    private static readonly IReadOnlyDictionary<string, DateTimeOffset?> Nobody = new Dictionary<string, DateTimeOffset?>();

    internal async Task<IReadOnlyDictionary<string, DateTimeOffset?>> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now - _last.At < Fresh)
            return _last.Times;
        if (!await _asking.WaitAsync(0, cancel))
            return _last.Times; // somebody is asking already; a few seconds older will do
        try
        {
            var read = await SourceFreshness.ReadAsync(_source, cancel);
            _last = (now, read.ToDictionary(freshness => freshness.Source, freshness => freshness.LastReceivedAt));
        }
        catch (NpgsqlException)
        {
            _last = (now, Nobody);
        }
        finally
        {
            _asking.Release();
        }

        return _last.Times;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _asking.Dispose();
    }
}

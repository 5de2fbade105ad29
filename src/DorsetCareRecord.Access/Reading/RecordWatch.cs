using System.Threading.Channels;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Reading;

/// <summary>One open page waiting for changes of one person.</summary>
public sealed class RecordWatch : IDisposable
{
    private readonly IReadOnlySet<Section> _may;
    private readonly Action<RecordWatch> _gone;

    // A queue that is full already holds news for the page to fetch; what it fetches then is the newest anyway.
    private readonly Channel<RecordChange> _queue = Channel.CreateBounded<RecordChange>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    internal RecordWatch(Guid session, Guid person, IReadOnlySet<Section> may, Action<RecordWatch> gone) =>
        (Session, Person, _may, _gone) = (session, person, may, gone);

    internal Guid Session { get; }

    internal Guid Person { get; }

    /// <summary>The next change; null when none came for as long as <paramref name="patience"/>.</summary>
    public async Task<RecordChange?> NextAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await _queue.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Ends the waiting with a change of nothing.</summary>
    internal void Wake() => _queue.Writer.TryWrite(new RecordChange([]));

    public void Dispose() => _gone(this);

    /// <summary>Sections the viewer may not see are not even named.</summary>
    internal void Tell(RecordChange change)
    {
        var mine = change.Sections.Where(_may.Contains).ToList();
        if (mine.Count > 0)
            _queue.Writer.TryWrite(new RecordChange(mine));
    }
}

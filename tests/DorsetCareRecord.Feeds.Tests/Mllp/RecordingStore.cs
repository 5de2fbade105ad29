using System.Threading.Channels;
using DorsetCareRecord.Feeds.Inbox;

namespace DorsetCareRecord.Feeds.Tests.Mllp;

/// <summary>
/// The inbox's side of the door, held by the test: it says when a delivery has been handed over, and the test decides how and when
/// each ends. The real inbox has its own tests, and one here.
/// </summary>
internal sealed class RecordingStore
{
    private readonly Channel<Handed> _handed = Channel.CreateUnbounded<Handed>();

    /// <summary>Commits at once unless the test takes it in hand.</summary>
    public bool CommitsAtOnce { get; init; } = true;

    public List<Delivery> Deliveries { get; } = [];

    public Task<long> AcceptAsync(Delivery delivery, CancellationToken cancellation)
    {
        var handed = new Handed(delivery, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (Deliveries)
            Deliveries.Add(delivery);
        _handed.Writer.TryWrite(handed);
        if (CommitsAtOnce)
            handed.Commit();
        return handed.Outcome.Task;
    }

    /// <summary>The next delivery handed over, as soon as it is.</summary>
    public ValueTask<Handed> NextAsync() => _handed.Reader.ReadAsync(TestContext.Current.CancellationToken);

    internal sealed record Handed(Delivery Delivery, TaskCompletionSource<long> Outcome)
    {
        public void Commit() => Outcome.TrySetResult(1);

        public void Fail() => Outcome.TrySetException(new InboxUnavailableException("Refused by the test.", null));
    }
}

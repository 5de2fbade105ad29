using System.Threading.Channels;
using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Where every message is stored before it is acknowledged. Deliveries that arrive together share one commit (group commit):
/// a single writer takes what has gathered while the last commit was under way. Deliveries are written in the order of the
/// calls, so a caller that does not wait for its first delivery still has it stored before its second.
/// </summary>
public sealed class Inbox : IAsyncDisposable
{
    private readonly Channel<PendingDelivery> _queue =
        Channel.CreateBounded<PendingDelivery>(new BoundedChannelOptions(1024) { SingleReader = true });

    private readonly InboxWriter _writer;
    private readonly TimeProvider _time;
    private readonly Task _writing;

    public Inbox(NpgsqlDataSource database, TimeProvider time, WaitingSignal signal)
    {
        _writer = new InboxWriter(database, signal);
        _time = time;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>
    /// Stores a delivery; returns its message id after commit. When this throws, whatever the exception, the delivery may or
    /// may not be stored and must not be acknowledged: the sender sends it again and duplicates are found out.
    /// </summary>
    /// <exception cref="InboxUnavailableException">The database refused, or the connection was lost before it confirmed.</exception>
    public async Task<long> AcceptAsync(Delivery delivery, CancellationToken cancellation)
    {
        var pending = new PendingDelivery(delivery, _time.GetUtcNow());
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new InboxUnavailableException("The inbox is closing.", e);
        }

        await using var registration = cancellation.Register(() => pending.Outcome.TrySetCanceled(cancellation));
        return await pending.Outcome.Task;
    }

    /// <summary>Writes what was already handed over, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var batch = Gather();
            if (batch.Count > 0)
                await _writer.WriteAsync(batch);
        }
    }

    /// <summary>Everything at hand, up to what one transaction should carry. Deliveries whose caller gave up are left out.</summary>
    private List<PendingDelivery> Gather()
    {
        const int most = 500;
        const long mostBytes = 16 << 20;
        var batch = new List<PendingDelivery>();
        var bytes = 0L;
        while (batch.Count < most && bytes < mostBytes && _queue.Reader.TryRead(out var next))
        {
            if (next.Outcome.Task.IsCompleted)
                continue;
            batch.Add(next);
            bytes += next.Delivery.Body.Length;
        }

        return batch;
    }
}

/// <summary>A delivery and the caller who waits for it.</summary>
internal sealed record PendingDelivery(Delivery Delivery, DateTimeOffset ReceivedAt)
{
    public TaskCompletionSource<long> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;
using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// One sender's connection. Frames are handed to the inbox in the order they came, without waiting for one before the next, and
/// answered in that order, each strictly after its own commit. The first that cannot be stored in time ends the connection:
/// nothing after it is answered, so the sender keeps what we do not have.
/// </summary>
internal sealed class MllpConnection(
    Stream bare, string? peer, Func<CancellationToken, Task<Stream?>> secure, MllpSettings settings, Profile profile,
    Func<Delivery, CancellationToken, Task<long>> accept, AnswerFrame answers, MllpMeter meter, Grumbles grumbles, TimeProvider time, ILogger logger)
    : IDisposable
{
    /// <summary>A frame beyond this is waited for before the next is read, so that large letters do not pile up in memory.</summary>
    private const int Large = 1_000_000;

    private readonly Framing _framing = new(settings.FrameLimit);
    private readonly Channel<Pending> _pending = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(settings.Window) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _broken = new();
    private Stream? _secured;
    private long _frameStarted;
    private long _junkSeen;

    /// <summary>When something last came or was answered (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long LastActive { get; private set; } = time.GetTimestamp();

    /// <summary>When it was opened, in the same measure.</summary>
    public long Opened { get; } = time.GetTimestamp();

    /// <summary>
    /// It has sent a message that is accepted: whoever it is speaks our language. True before the answer, because a commit may take as
    /// long as a flood of callers needs to fill every place, and its sender would be turned out while it waits.
    /// </summary>
    public bool HasDelivered { get; private set; }

    /// <summary>Nothing is under way: no frame begun, no answer owed.</summary>
    public bool IsIdle => !_framing.IsInside && _pending.Reader.Count == 0;

    public long UnendedBytes => _framing.IsInside ? _framing.BufferedBytes : 0;

    /// <summary>Until the sender closes, something fails, or <paramref name="stop"/>; then what was received is still answered.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _broken.Token);
        if (await secure(either.Token) is not { } stream)
            return;
        _secured = stream;
        var answering = AnswerAsync();
        try
        {
            await ReadAsync(either.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or TimeoutException or ChannelClosedException)
        {
            if (e is TimeoutException && grumbles.MayBeSaid())
                logger.LogWarning("{Source}: {Peer} dropped, a frame took too long ({Bytes} bytes so far)", settings.Source, peer, UnendedBytes);
        }
        finally
        {
            _pending.Writer.TryComplete();
            await answering;
            await EndAsync(stream);
        }
    }

    public void Dispose() => _broken.Dispose();

    /// <summary>Closes at once; what was received and not answered stays unanswered.</summary>
    public void Break()
    {
        try
        {
            _broken.Cancel();
            bare.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the same moment.
        }
    }

    /// <summary>Says goodbye under TLS; a peer that is gone does not hear it.</summary>
    private static async Task EndAsync(Stream stream)
    {
        try
        {
            await stream.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody is there any more.
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        var input = PipeReader.Create(_secured!, new StreamPipeReaderOptions(bufferSize: 32 * 1024, useZeroByteReads: true, leaveOpen: true));
        while (true)
        {
            if (await NextAsync(input, stop) is not { } result)
            {
                if (_framing.Settle(out var settled))
                    await TakeAsync(settled, stop);
                continue;
            }

            LastActive = time.GetTimestamp();
            foreach (var stretch in result.Buffer)
                await TakeAllAsync(stretch, stop);
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                break;
        }

        if (_framing.Settle(out var last))
            await TakeAsync(last, stop);
        else if (_framing.Abandon(out var cut) && grumbles.MayBeSaid())
            logger.LogWarning("{Source}: {Peer} closed within a frame of {Bytes} bytes; not stored", settings.Source, peer, cut.Length);
    }

    /// <summary>The next bytes; null when an end block has been waiting long enough for what follows it.</summary>
    private async ValueTask<ReadResult?> NextAsync(PipeReader input, CancellationToken stop)
    {
        if (!_framing.IsInside && !_framing.EndIsPending)
            return await input.ReadAsync(stop);

        var patience = _framing.EndIsPending ? settings.EndSettles : RemainingForFrame();
        if (patience <= TimeSpan.Zero)
            throw new TimeoutException();
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            return await input.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return _framing.EndIsPending ? null : throw new TimeoutException();
        }
    }

    /// <summary>A sender may be slow, but not so slow that a few bytes hold a connection for ever.</summary>
    private TimeSpan RemainingForFrame() =>
        settings.FrameDeadline
        + TimeSpan.FromSeconds((double)_framing.BufferedBytes / settings.SlowestBytesPerSecond)
        - time.GetElapsedTime(_frameStarted);

    private async ValueTask TakeAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (TryTake(ref bytes, out var frame))
            await TakeAsync(frame, stop);
    }

    private bool TryTake(ref ReadOnlyMemory<byte> bytes, out Frame frame)
    {
        var wasInside = _framing.IsInside;
        var rest = bytes.Span;
        var found = _framing.TryTake(ref rest, out frame);
        bytes = bytes[(bytes.Length - rest.Length)..];
        if (_framing.IsInside && (found || !wasInside))
            _frameStarted = time.GetTimestamp();
        meter.Junk(_framing.JunkBytes - _junkSeen);
        _junkSeen = _framing.JunkBytes;
        return found;
    }

    private async ValueTask TakeAsync(Frame frame, CancellationToken stop)
    {
        var messages = Reception.Receive(frame, settings, profile, peer);
        foreach (var refused in messages.Where(m => (m.Refusal is not null || m.Verdict is null) && grumbles.MayBeSaid()))
            logger.LogWarning("{Source}: {Peer} sent what was refused: {Why}", settings.Source, peer, refused.Refusal?.Words ?? "no end block");
        HasDelivered |= messages.Any(m => m.Verdict == Verdict.Accepted);
        var commits = new Task[messages.Count];
        for (var i = 0; i < commits.Length; i++)
            commits[i] = accept(messages[i].Delivery, _broken.Token);
        var pending = new Pending(messages, Task.WhenAll(commits), time.GetTimestamp());
        await _pending.Writer.WriteAsync(pending, stop);
        if (frame.Length > Large)
            await pending.Answered.Task.WaitAsync(stop);
    }

    /// <summary>Answers in order, each after its commit; ends at the first that failed or came too late.</summary>
    private async Task AnswerAsync()
    {
        var output = PipeWriter.Create(_secured!, new StreamPipeWriterOptions(leaveOpen: true));
        Pending? owed = null;
        try
        {
            await foreach (var pending in _pending.Reader.ReadAllAsync())
            {
                owed = pending;
                var left = settings.CommitDeadline - time.GetElapsedTime(pending.Received);
                await pending.Commits.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
                answers.TryWrite(output, pending.Messages);
                // Before the answer leaves: whoever has it may count on this connection being the later active one.
                LastActive = time.GetTimestamp();
                if (output.UnflushedBytes > Large || !NextIsCommitted())
                    await FlushAsync(output);
                pending.Answered.TrySetResult();
                owed = null;
                foreach (var message in pending.Messages.Where(m => m.Verdict is not null))
                    meter.Answered(message.Verdict!.Value, time.GetElapsedTime(pending.Received));
            }
        }
#pragma warning disable CA1031 // Whatever kept a message from being stored, its sender must not be told that it was.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await SayNotStoredAsync(output, owed);
            await GiveUpAsync(e);
        }
    }

    /// <summary>
    /// For a sender that was agreed to be told: one AE or AR (as its profile says), then the connection closes like any other. It may be
    /// that the message was stored all the same; the resend is then a duplicate.
    /// </summary>
    private async Task SayNotStoredAsync(PipeWriter output, Pending? owed)
    {
        if (settings.NotStored is not { } code || owed is null)
            return;
        try
        {
            if (answers.TryWriteNotStored(output, owed.Messages, code))
                await FlushAsync(output);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is not told, and keeps its message as if it had been.
        }
    }

    /// <summary>Then its answer goes out with this one; otherwise this one must not wait for it.</summary>
    private bool NextIsCommitted() => _pending.Reader.TryPeek(out var next) && next.Commits.IsCompletedSuccessfully;

    private async ValueTask FlushAsync(PipeWriter output)
    {
        if (output.UnflushedBytes == 0)
            return;
        using var deadline = new CancellationTokenSource(settings.FrameDeadline, time);
        await output.FlushAsync(deadline.Token);
    }

    /// <summary>Closes without an answer and lets go of everything still pending.</summary>
    private async Task GiveUpAsync(Exception why)
    {
        Break();
        _pending.Writer.TryComplete();
        var left = 1;
        await foreach (var pending in _pending.Reader.ReadAllAsync())
        {
            left += pending.Messages.Count;
            pending.Answered.TrySetCanceled();
            // Observed here; the sender sends it again.
            _ = pending.Commits.ContinueWith(static t => t.Exception, TaskScheduler.Default);
        }

        meter.Unanswered(left);
        if (!grumbles.MayBeSaid())
            return;
        // The exception's own words stay out: a database may quote what it refused.
        logger.LogError("{Source}: {Peer} closed without an answer to {Count} messages: {Why}", settings.Source, peer, left, why.GetType().Name);
    }

    /// <summary>A frame's messages on their way to the inbox.</summary>
    private sealed record Pending(IReadOnlyList<Received> Messages, Task Commits, long Received)
    {
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

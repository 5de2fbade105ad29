using System.Net.Sockets;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Sending;

/// <summary>
/// One MLLP connection of a sending system: a message at a time, its acknowledgement awaited. After any failure the
/// connection is closed, so that a late answer can never be taken for that of the next message.
/// </summary>
internal sealed class MllpLink(Address address, TimeSpan answerWithin) : IDisposable
{
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private readonly byte[] _buffer = new byte[8192];
    private Socket? _socket;
    private int _start;
    private int _end;

    /// <returns>Null when no acknowledgement of this message came in time or the peer closed the connection.</returns>
    /// <exception cref="SendException">Nothing listens there.</exception>
    public async Task<Acknowledgement?> SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var socket = _socket ??= await ConnectAsync(ct);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(answerWithin);
        try
        {
            await SendAllAsync(socket, Mllp.Frame(message.Span), deadline.Token);
            var controlId = ControlId.Of(message.Span);
            while (true)
            {
                var frame = await ReadFrameAsync(socket, deadline.Token);
                if (frame is null)
                    break;
                var acknowledgement = Acknowledgement.Parse(frame);
                if (acknowledgement.Answers(controlId))
                    return acknowledgement;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // No answer in time.
        }
        catch (SocketException)
        {
            // The peer went away.
        }

        Close();
        return null;
    }

    public void Dispose() => Close();

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(ConnectWithin);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, deadline.Token);
            return socket;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SendException($"Nothing listens on {address}; is ./dcr up running?", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, ct)..];
    }

    /// <summary>The next frame's content; null at the end of the stream. Bytes between frames are passed over.</summary>
    private async Task<byte[]?> ReadFrameAsync(Socket socket, CancellationToken ct)
    {
        List<byte>? frame = null;
        while (true)
        {
            for (; _start < _end; _start++)
            {
                var b = _buffer[_start];
                if (b == Mllp.StartBlock)
                {
                    frame = [];
                }
                else if (b == Mllp.EndBlock && frame is not null)
                {
                    _start++;
                    return [.. frame];
                }
                else if (frame is { Count: < LongestAnswer })
                {
                    frame.Add(b);
                }
            }

            (_start, _end) = (0, await socket.ReceiveAsync(_buffer, ct));
            if (_end == 0)
                return null;
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
        (_start, _end) = (0, 0);
    }
}

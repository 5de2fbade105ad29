using System.Net;
using System.Net.Sockets;
using System.Text;
using DorsetCareRecord.Simulator.Sending;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>A bare connection, for senders that do not keep to the protocol.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> _received = [];
    private readonly byte[] _buffer = new byte[8192];

    public static async Task<Wire> ConnectAsync(int port, CancellationToken cancel)
    {
        var wire = new Wire();
        await wire._socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        return wire;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, cancel)..];
    }

    public async Task SendByteByByteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        for (var i = 0; i < bytes.Length; i++)
            await SendAsync(bytes.Slice(i, 1), cancel);
    }

    /// <summary>The next answer; null when the peer closed.</summary>
    public async Task<Acknowledgement?> AnswerAsync(CancellationToken cancel)
    {
        while (true)
        {
            var end = _received.IndexOf(Mllp.EndBlock);
            if (end >= 0)
            {
                var start = _received.IndexOf(Mllp.StartBlock);
                var answer = Acknowledgement.Parse(_received.GetRange(start + 1, end - start - 1).ToArray());
                _received.RemoveRange(0, end + 1);
                return answer;
            }

            var read = await _socket.ReceiveAsync(_buffer, cancel);
            if (read == 0)
                return null;
            _received.AddRange(_buffer.AsSpan(0, read));
        }
    }

    /// <summary>Reads so many bytes of whatever comes and no more.</summary>
    public async Task ReadAsync(int bytes, CancellationToken cancel)
    {
        while (bytes > 0)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(0, Math.Min(bytes, _buffer.Length)), cancel);
            if (read == 0)
                return;
            bytes -= read;
        }
    }

    /// <summary>Says goodbye, and waits until the peer has closed as well: then it has dealt with what it was sent.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            while (await _socket.ReceiveAsync(_buffer, cancel) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // It was quicker.
        }
    }

    /// <summary>A cable pulled out: no goodbye, what is under way is gone.</summary>
    public void Cut()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose() => _socket.Dispose();
}

using System.Net.Sockets;
using System.Text;

namespace DorsetCareRecord.Benchmarks;

/// <summary>One MLLP connection that sends a message and waits for its acknowledgement, as a hospital's engine does.</summary>
internal sealed class MllpSender(string host, int port) : IDisposable
{
    private readonly TcpClient _client = new(host, port) { NoDelay = true };
    private readonly byte[] _answer = new byte[4096];

    /// <summary>True when the answer's MSA-1 is AA.</summary>
    public async Task<bool> SendAsync(string message)
    {
        var stream = _client.GetStream();
        var frame = new byte[Encoding.UTF8.GetByteCount(message) + 3];
        frame[0] = 0x0B;
        Encoding.UTF8.GetBytes(message, frame.AsSpan(1));
        frame[^2] = 0x1C;
        frame[^1] = 0x0D;
        await stream.WriteAsync(frame);

        var length = 0;
        while (length < 2 || _answer[length - 2] != 0x1C)
        {
            var read = await stream.ReadAsync(_answer.AsMemory(length));
            if (read == 0)
                return false;
            length += read;
        }

        return _answer.AsSpan(0, length).IndexOf("MSA|AA|"u8) >= 0;
    }

    public void Dispose() => _client.Dispose();
}

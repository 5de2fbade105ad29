using System.Net.Sockets;
using System.Text;

namespace DorsetCareRecord.EndToEnd.House;

/// <summary>One MLLP connection (HL7 v2, Transport: MLLP release 1), as a hospital's engine holds it.</summary>
internal sealed class Mllp(int port) : IDisposable
{
    private readonly TcpClient _client = new("127.0.0.1", port) { NoDelay = true };

    /// <summary>Sends a message, segments one a line, and returns the acknowledgement code (MSA-1).</summary>
    public async Task<string> SendAsync(string message, CancellationToken cancel)
    {
        var stream = _client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"\v{message.ReplaceLineEndings("\r")}\r\u001C\r"), cancel);
        var answer = new StringBuilder();
        var bytes = new byte[4096];
        while (!answer.ToString().EndsWith("\u001C\r", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(bytes, cancel);
            if (read == 0)
                return "closed";
            answer.Append(Encoding.UTF8.GetString(bytes, 0, read));
        }

        return answer.ToString().Split('\r').First(line => line.StartsWith("MSA|", StringComparison.Ordinal)).Split('|')[1];
    }

    public void Dispose() => _client.Dispose();
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DorsetCareRecord.Simulator.Tests.Sending;

/// <summary>A receiver on loopback that answers as a test tells it to.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _accepting;
    private readonly ConcurrentBag<Task> _connections = [];
    private int _connected;

    /// <param name="answer">From a message to what is written back, framed by the peer; null closes the connection, empty says nothing.</param>
    public Peer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Messages in the order of arrival, with the number of their connection.</summary>
    public ConcurrentQueue<(int Connection, byte[] Body)> Received { get; } = new();

    public int Connections => _connected;

    public static string Accept(string message) => Say("AA", ControlIdOf(message));

    public static string Say(string code, string controlId, string text = "") => $"MSH|^~\\&|||||||ACK|1|P|2.4\rMSA|{code}|{controlId}|{text}\r";

    public static string ControlIdOf(string message) => message.Split('\r')[0].Split('|') is { Length: > 9 } fields ? fields[9] : "";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(ServeAsync(socket, Interlocked.Increment(ref _connected)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over: cancelled, or stopped between two accepts.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        using var owned = socket;
        var buffer = new byte[65_536];
        var message = new List<byte>();
        try
        {
            while (await socket.ReceiveAsync(buffer, _stop.Token) is var length and > 0)
            {
                foreach (var b in buffer.AsMemory(0, length).ToArray())
                {
                    if (b == 0x0B)
                    {
                        message.Clear();
                    }
                    else if (b == 0x1C)
                    {
                        Received.Enqueue((number, [.. message]));
                        if (_answer(Encoding.Latin1.GetString([.. message])) is not { } answer)
                            return;
                        if (answer.Length > 0)
                            await socket.SendAsync(Encoding.Latin1.GetBytes($"\v{answer}\u001c\r"), _stop.Token);
                    }
                    else
                    {
                        message.Add(b);
                    }
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The sender or the test has gone.
        }
    }
}

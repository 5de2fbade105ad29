using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Record.Organisations;
using Microsoft.Extensions.Logging.Abstractions;

namespace DorsetCareRecord.Feeds.Tests.Mllp;

/// <summary>A listener on a port of its own, for one test.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly MllpListener _listener;
    private readonly Task _running;

    private Door(MllpListener listener)
    {
        _listener = listener;
        _running = listener.RunAsync(_stop.Token);
    }

    public static Door Open(
        Func<Delivery, CancellationToken, Task<long>> accept, TimeProvider? time = null, Func<MllpSettings, MllpSettings>? change = null)
    {
        var settings = new MllpSettings
        {
            Source = SourceCodes.SystemC,
            Address = new IPEndPoint(IPAddress.Loopback, 0),
            TakesTestMessages = false,
        };
        var listener = new MllpListener(change?.Invoke(settings) ?? settings, accept, time ?? TimeProvider.System, NullLogger.Instance);
        listener.Start();
        return new Door(listener);
    }

    public async Task<Sender> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_listener.Address, TestContext.Current.CancellationToken);
        return new Sender(client);
    }

    /// <summary>With TLS, showing the certificate or, with <paramref name="tls"/>, none.</summary>
    public async Task<Sender> ConnectAsync(X509Certificate2? certificate, bool tls = true)
    {
        var client = new TcpClient();
        await client.ConnectAsync(_listener.Address, TestContext.Current.CancellationToken);
        if (!tls)
            return new Sender(client);
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "dcr.example",
                ClientCertificates = certificate is null ? null : [certificate],
                // The door's certificate is of an authority made for the test.
                RemoteCertificateValidationCallback = static (_, shown, _, _) => shown?.Subject == "CN=dcr.example",
            },
            TestContext.Current.CancellationToken);
        return new Sender(client, stream);
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        return _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
        _stop.Dispose();
    }
}

/// <summary>A sending system: writes bytes, reads answers.</summary>
internal sealed class Sender(TcpClient client, Stream? secure = null) : IDisposable
{
    private readonly Stream _stream = secure ?? client.GetStream();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Message(string id, string processing = "P") =>
        $"MSH|^~\\&|MEDWAY|RBD01|DCR|DCR|20261123141500||ADT^A08|{id}|{processing}|2.4\rPID|||D1000001^^^RBD^HOSP\r";

    public static byte[] Framed(string content) => [0x0B, .. Encoding.UTF8.GetBytes(content), 0x1C, 0x0D];

    public Task SendAsync(string content) => SendAsync(Framed(content));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, Cancellation);

    public void CloseSending() => client.Client.Shutdown(SocketShutdown.Send);

    public bool HasAnswer => client.Available > 0;

    /// <summary>The next answer's content; null when the door closed without one.</summary>
    public async Task<string?> AnswerAsync()
    {
        var bytes = new List<byte>();
        var buffer = new byte[1];
        try
        {
            while (await _stream.ReadAsync(buffer, Cancellation) == 1)
            {
                bytes.Add(buffer[0]);
                if (bytes is [.., 0x1C, 0x0D])
                    return Encoding.UTF8.GetString(bytes.ToArray()[1..^2]);
            }
        }
        catch (IOException)
        {
            // Reset: closed as well.
        }

        Assert.Empty(bytes);
        return null;
    }

    /// <summary>MSA-1 and MSA-2 of the next answer.</summary>
    public async Task<string?> VerdictAsync() => await AnswerAsync() is { } answer
        ? string.Join('|', answer.Split('\r').Where(s => s.StartsWith("MSA", StringComparison.Ordinal)).Select(s => string.Join(' ', s.Split('|')[1..3])))
        : null;

    public void Dispose() => client.Dispose();
}

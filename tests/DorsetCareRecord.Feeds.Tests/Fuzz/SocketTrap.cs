using System.Net;
using System.Net.Sockets;

namespace DorsetCareRecord.Feeds.Tests.Fuzz;

/// <summary>A port of loopback that hostile documents name. Whoever comes to it followed an address that a sender chose.</summary>
internal sealed class SocketTrap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    internal SocketTrap() => _listener.Start();

    internal string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections are made by the kernel, whether or not anybody accepts them: one that was tried is waiting here.</summary>
    internal bool HasSprung => _listener.Pending();

    internal void Spring()
    {
        using var client = new TcpClient();
        client.Connect((IPEndPoint)_listener.LocalEndpoint);
    }

    public void Dispose() => _listener.Dispose();
}

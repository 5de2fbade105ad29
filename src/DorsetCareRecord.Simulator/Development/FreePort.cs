using System.Net;
using System.Net.Sockets;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>TCP ports of the loopback address.</summary>
public static class FreePort
{
    /// <summary>A port nobody listens on at this moment. Somebody may take it before you do, so be ready to ask again.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether a server could listen there now.</summary>
    public static bool IsFree(IPEndPoint place)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(place);
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

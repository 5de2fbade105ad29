using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>TCP ports of the loopback address.</summary>
public static class FreePort
{
    /// <summary>
    /// Below the range a system takes the near ends of connections from (Linux: from 32768; IANA: from 49152). A port of that range may be
    /// taken between asking and listening by any connection of anybody, and while a server restarts on it a client that tries again can
    /// meet itself there (RFC 9293, 3.5: simultaneous open), after which the server cannot have it back.
    /// </summary>
    private const int From = 12_000, Until = 32_000;

    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    /// <summary>A port nobody listens on at this moment, and not one that this process was given before.</summary>
    /// <exception cref="DevelopmentException">So many were tried that none can be left.</exception>
    public static int Find()
    {
        for (var attempt = 0; attempt < 2 * (Until - From); attempt++)
        {
            var port = Random.Shared.Next(From, Until);
            if (!s_given.ContainsKey(port) && IsFree(new IPEndPoint(IPAddress.Loopback, port)) && s_given.TryAdd(port, true))
                return port;
        }

        throw new DevelopmentException($"No port between {From} and {Until} is free on this machine.");
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

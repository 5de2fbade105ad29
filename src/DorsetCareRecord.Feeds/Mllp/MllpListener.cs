using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;
using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// The door of one HL7 v2 source. It acknowledges strictly after commit; whose message it is follows from the port it came to.
/// </summary>
public sealed class MllpListener : IDisposable
{
    private static readonly TimeSpan LongSilence = TimeSpan.FromMinutes(10);

    private readonly Socket _socket;
    private readonly ConcurrentDictionary<MllpConnection, Task> _connections = new();
    private readonly MllpSettings _settings;
    private readonly Func<Delivery, CancellationToken, Task<long>> _accept;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Profile _profile;
    private readonly AnswerFrame _answers;
    private readonly MllpMeter _meter;
    private readonly Grumbles _grumbles;
    private readonly Admission _admission;
    private readonly TurnedAway _turnedAway;

    /// <param name="settings">Which source, and where.</param>
    /// <param name="accept">Stores a delivery and returns after commit; throws when it could not (<c>Inbox.AcceptAsync</c>).</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Never told what a message says.</param>
    public MllpListener(
        MllpSettings settings, Func<Delivery, CancellationToken, Task<long>> accept, TimeProvider time, ILogger logger)
    {
        (_settings, _accept, _time, _logger) = (settings, accept, time, logger);
        _socket = new Socket(settings.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _profile = Profiles.Of(settings.Source);
        _answers = new AnswerFrame(settings, time);
        _grumbles = new Grumbles(settings.Source, time, logger);
        _admission = new Admission(settings, time);
        _turnedAway = new TurnedAway(settings.Source, time, logger);
        _meter = new MllpMeter(settings.Source, () => _connections.Count, () => _connections.Keys.Sum(c => c.UnendedBytes));
    }

    /// <summary>Where it listens; with the port the system chose, if it was asked for port 0.</summary>
    public IPEndPoint Address => (IPEndPoint?)_socket.LocalEndPoint ?? _settings.Address;

    /// <summary>The feed it hears.</summary>
    public string Source => _settings.Source;

    /// <summary>How the door fares at this moment.</summary>
    public DoorFigures Figures() =>
        new(_settings.Source, _connections.Count, _connections.Keys.Sum(c => c.UnendedBytes), _meter.Answers.Percentile95());

    /// <summary>Binds the port, so that a port in use is known at the start and not later.</summary>
    /// <exception cref="SocketException">The address is in use or not ours.</exception>
    public void Start()
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(_settings.Address);
        _socket.Listen(512);
    }

    /// <summary>Serves until <paramref name="stop"/>, then answers what was received and closes.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
                await ServeNextAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _socket.Close();
            await Task.WhenAll(_connections.Values);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _meter.Dispose();
        _admission.Dispose();
    }

    /// <summary>A caller who is gone again, or a shortage of handles, must not close the door for the others.</summary>
    private async Task ServeNextAsync(CancellationToken stop)
    {
        Socket? client = null;
        try
        {
            client = await _socket.AcceptAsync(stop);
            var address = (client.RemoteEndPoint as IPEndPoint)?.Address;
            if (_admission.Admits(address))
                Serve(client, stop);
            else
                TurnAway(client, address);
        }
        catch (SocketException e)
        {
            client?.Dispose();
            if (_grumbles.MayBeSaid())
                _logger.LogWarning("{Source}: a connection could not be taken: {Why}", _settings.Source, e.SocketErrorCode);
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, stop);
        }
    }

    private void TurnAway(Socket client, IPAddress? address)
    {
        client.Dispose();
        _meter.TurnedAway("address");
        _turnedAway.Say(address, "not among the addresses of this source");
    }

    private void Serve(Socket client, CancellationToken stop)
    {
        if (_connections.Count >= _settings.MostConnections)
            MakeRoom();
        client.NoDelay = true;
        KeepAlive(client);
        var stream = new NetworkStream(client, ownsSocket: true);
        var from = client.RemoteEndPoint;
        var peer = from?.ToString();
        var connection = new MllpConnection(
            stream, peer, cancel => SecureAsync(stream, from, cancel), _settings, _profile, _accept, _answers, _meter, _grumbles, _time, _logger);
        // Registered before it can end, so that its end finds it.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = RunAsync(connection, stream, begin.Task, stop);
        begin.SetResult();
    }

    private async Task RunAsync(MllpConnection connection, NetworkStream stream, Task begin, CancellationToken stop)
    {
        await begin;
        try
        {
            await connection.RunAsync(stop);
        }
#pragma warning disable CA1031 // A bug met on one connection must not take the others down.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError("{Source}: a connection failed: {Why}", _settings.Source, e.GetType().Name);
        }
        finally
        {
            await stream.DisposeAsync();
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }

    /// <summary>Within the time a message may take; null when the peer is not who should come here.</summary>
    private async Task<Stream?> SecureAsync(Stream stream, EndPoint? peer, CancellationToken cancel)
    {
        if (_settings.Tls is null)
            return stream;
        using var deadline = new CancellationTokenSource(_settings.FrameDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            return await _admission.SecureAsync(stream, either.Token);
        }
        catch (Exception e) when (e is System.Security.Authentication.AuthenticationException or IOException or OperationCanceledException)
        {
            if (!cancel.IsCancellationRequested)
            {
                _meter.TurnedAway("certificate");
                _turnedAway.Say((peer as IPEndPoint)?.Address, "no certificate of this source");
            }

            return null;
        }
    }

    /// <summary>
    /// Half-open connections of senders that restarted gather over the months: the one silent longest gives way. Where many come at once and
    /// none has been silent for long, it is one that never sent a sound message, the oldest of them first; so neither a flood of callers
    /// nor slow ones can push out who speaks at a normal pace, or who has just begun to and waits for the first answer.
    /// </summary>
    private void MakeRoom()
    {
        var all = _connections.Keys;
        var victim = all.Where(c => c.IsIdle && _time.GetElapsedTime(c.LastActive) > LongSilence).MinBy(c => c.LastActive)
            ?? all.Where(c => !c.HasDelivered).MinBy(c => c.Opened)
            ?? all.Where(c => c.IsIdle).MinBy(c => c.LastActive)
            ?? all.MinBy(c => c.LastActive);
        if (_grumbles.MayBeSaid())
            _logger.LogWarning("{Source}: {Count} connections, one is closed to make room", _settings.Source, _connections.Count);
        victim?.Break();
    }

    /// <summary>A dead peer is found within about two minutes instead of two hours.</summary>
    private static void KeepAlive(Socket client)
    {
        client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
    }
}

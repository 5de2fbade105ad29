using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Simulator.Development;
using Microsoft.Extensions.Logging.Abstractions;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// The door alone: a pathology message in, its acknowledgement out, nothing stored, eight senders; beside a server that looks at nothing and
/// sends one fixed answer. Each server is a process of its own (this program, called with <c>serve-mllp PORT</c> or <c>serve-echo PORT</c>).
/// </summary>
internal static class RoundTrips
{
    public const string Door = "serve-mllp";
    public const string Echo = "serve-echo";
    private const string Limit = "limit: MLLP, a fixed answer, 8 senders";
    private const int Senders = 8;

    public static async Task RunAsync(TimeSpan duration, Rounds rounds)
    {
        await MeasureAsync(Echo, Limit, null, duration, rounds);
        await MeasureAsync(Door, "MLLP round trips without storage, 8 senders", Limit, duration, rounds);
    }

    public static async Task ServeAsync(string verb, int port)
    {
        using var stop = new CancellationTokenSource();
        var serving = verb == Door ? ServeDoorAsync(port, stop.Token) : ServeEchoAsync(port, stop.Token);
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await serving;
    }

    private static async Task MeasureAsync(string verb, string name, string? limit, TimeSpan duration, Rounds rounds)
    {
        var port = FreePort.Find();
        using var server = Start(verb, port);
        await server.StandardOutput.ReadLineAsync();
        var senders = Enumerable.Range(0, Senders).Select(_ => new MllpSender("127.0.0.1", port)).ToList();
        var number = 0;
        await Load.RunAsync(Senders, duration / 4, AskAsync);
        var cpu = Cpu.OfTree(server.Id);
        var result = await Load.RunAsync(Senders, duration, AskAsync);
        rounds.Add(name, "messages/s", result.PerSecond, limit, (Cpu.OfTree(server.Id) - cpu) / Math.Max(1, result.Operations));
        senders.ForEach(s => s.Dispose());
        server.StandardInput.Close();
        await server.WaitForExitAsync();

        Task<bool> AskAsync(int sender, int n) =>
            senders[sender].SendAsync(Pathology.Results(n % 200, n, $"R{Interlocked.Increment(ref number)}"));
    }

    private static Process Start(string verb, int port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(RoundTrips).Assembly.Location);
        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }

    private static async Task ServeDoorAsync(int port, CancellationToken stop)
    {
        var settings = new MllpSettings { Source = SourceCodes.SystemC, Address = new IPEndPoint(IPAddress.Loopback, port), TakesTestMessages = false };
        var id = 0L;
        using var listener = new MllpListener(settings, (_, _) => Task.FromResult(++id), TimeProvider.System, NullLogger.Instance);
        listener.Start();
        Console.WriteLine("ready");
        await listener.RunAsync(stop);
    }

    private static async Task ServeEchoAsync(int port, CancellationToken stop)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Console.WriteLine("ready");
        try
        {
            while (true)
                _ = EchoAsync(await listener.AcceptTcpClientAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private static async Task EchoAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        var buffer = new byte[16 * 1024];
        var answer = "\u000BMSH|^~\\&|DCR|DCR|LAB|RBD01|20261101080000||ACK^R01|1|P|2.4\rMSA|AA|1\r\u001C\r"u8.ToArray();
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            if (buffer[read - 2] == 0x1C)
                await stream.WriteAsync(answer);
        }
    }
}

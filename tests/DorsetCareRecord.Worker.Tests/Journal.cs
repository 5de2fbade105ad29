using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>
/// A hospital's sender with a journal: what it sent and what was acknowledged. Without an acknowledgement it connects again and sends the
/// same message with the same control id, for as long as it takes. Every message is of a pathology value of one of a few patients.
/// </summary>
internal sealed class Journal(int port, int connections, int messagesEach)
{
    private const int Patients = 7;
    private int _acknowledged;

    /// <summary>Control ids that were answered AA.</summary>
    public ConcurrentDictionary<string, bool> Acknowledged { get; } = new();

    public int Count => connections * messagesEach;

    /// <summary>Completes when so many have been acknowledged.</summary>
    public async Task ReachedAsync(int count, CancellationToken cancel)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (Volatile.Read(ref _acknowledged) < count)
            await beat.WaitForNextTickAsync(cancel);
    }

    public Task SendAsync(CancellationToken cancel) => Task.WhenAll(
        Enumerable.Range(0, connections).Select(c => Task.Run(() => SendAsync(c, cancel), cancel)));

    private async Task SendAsync(int connection, CancellationToken cancel)
    {
        TcpClient? client = null;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var n = 0; n < messagesEach;)
        {
            try
            {
                client ??= await ConnectAsync(cancel);
                var control = $"K{connection}-{n}";
                if (!await AskAsync(client.GetStream(), Message(connection, n, control), control, cancel))
                    throw new IOException("no answer");
                Acknowledged[control] = true;
                Interlocked.Increment(ref _acknowledged);
                n++;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                client?.Dispose();
                client = null;
                await beat.WaitForNextTickAsync(cancel);
            }
        }

        client?.Dispose();
    }

    private async Task<TcpClient> ConnectAsync(CancellationToken cancel)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, cancel);
        return client;
    }

    private static async Task<bool> AskAsync(NetworkStream stream, string message, string control, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"\v{message}\u001C\r"), cancel);
        var answer = new StringBuilder();
        var bytes = new byte[1024];
        while (!answer.ToString().EndsWith("\u001C\r", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(bytes, cancel);
            if (read == 0)
                return false;
            answer.Append(Encoding.ASCII.GetString(bytes, 0, read));
        }

        return answer.ToString().Contains($"MSA|AA|{control}", StringComparison.Ordinal);
    }

    private static string Message(int connection, int number, string control)
    {
        var patient = (connection + number) % Patients;
        var at = new DateTime(2026, 11, 1, 8, 0, 0, DateTimeKind.Unspecified).AddSeconds(number * 10 + connection)
            .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return string.Join('\r',
            $"MSH|^~\\&|LAB|RBD01|DCR|DCR|{at}||ORU^R01|{control}|P|2.4",
            $"PID|1||KILL{patient}^^^RBD01^HOSP||LEDGER^PERSON{patient}||1950010{patient + 1}|F",
            $"OBR|1||F{control}|UE^Urea and electrolytes^LAB|||{at}|||||||{at}|||||||||BIO|F",
            $"OBX|1|NM|K^Potassium^LAB||{4 + number % 3}.{connection}|mmol/L|3.5-5.3|N|||F|||{at}",
            "");
    }
}

using System.Globalization;
using System.Threading.Channels;

namespace DorsetCareRecord.Faults.Ledger;

/// <summary>
/// What a hospital's sender would swear to: each message it sent and each answer it got, on disk before anything follows from it. Lines that
/// come together share one fsync, as the inbox's commits do. Tab-separated:
/// <c>sent N SOURCE CONTROL SHA256 AT</c> and <c>answer N CODE AT</c>, times in ticks of UTC.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    private readonly Channel<(string Line, TaskCompletionSource Written)> _lines =
        Channel.CreateUnbounded<(string, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly FileStream _file;
    private readonly Task _writing;
    private long _sends;
    private long _answers;

    public Journal(string file)
    {
        File = file;
        _file = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);
        _writing = Task.Run(WriteAsync);
    }

    public string File { get; }

    /// <summary>Answers received so far, for faults that strike after so many.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Sendings so far, answered or not.</summary>
    public long Sends => Volatile.Read(ref _sends);

    /// <summary>Returns the number of the send once it is on disk: only then may a byte leave.</summary>
    public async Task<long> SendingAsync(string source, string control, string sha256)
    {
        var number = Interlocked.Increment(ref _sends);
        await LineAsync($"sent\t{number}\t{source}\t{control}\t{sha256}\t{Now}");
        return number;
    }

    /// <summary>The answer to a send, MSA-1 of it.</summary>
    public async Task AnsweredAsync(long number, string code)
    {
        await LineAsync($"answer\t{number}\t{code}\t{Now}");
        Interlocked.Increment(ref _answers);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
        await _file.DisposeAsync();
    }

    /// <summary>Reads a journal back; what a checker believes is on disk, not in memory.</summary>
    public static IReadOnlyList<Sent> Read(string file)
    {
        var sends = new Dictionary<long, Sent>();
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split('\t');
            var number = long.Parse(words[1], CultureInfo.InvariantCulture);
            if (words[0] == "sent")
                sends[number] = new Sent(words[2], words[3], words[4], Time(words[5]), null, null);
            else
                sends[number] = sends[number] with { Answer = words[2], AnsweredAt = Time(words[3]) };
        }

        return [.. sends.Values];
    }

    private static string Now => TimeProvider.System.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTime Time(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    private Task LineAsync(string line)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lines.Writer.TryWrite((line, written));
        return written.Task;
    }

    private async Task WriteAsync()
    {
        await using var writer = new StreamWriter(_file, leaveOpen: true);
        var together = new List<TaskCompletionSource>();
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (_lines.Reader.TryRead(out var next))
            {
                await writer.WriteLineAsync(next.Line);
                together.Add(next.Written);
            }

            await writer.FlushAsync();
            _file.Flush(flushToDisk: true);
            together.ForEach(written => written.SetResult());
            together.Clear();
        }
    }
}

/// <summary>One sending of a message, and its answer.</summary>
/// <param name="Sha256">Of the body, in hexadecimal.</param>
/// <param name="Answer">MSA-1; null when none came.</param>
internal sealed record Sent(string Source, string Control, string Sha256, DateTime SentAt, string? Answer, DateTime? AnsweredAt)
{
    public bool IsAccepted => Answer is "AA" or "CA";
}

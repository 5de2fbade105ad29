using System.Diagnostics;
using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// The reader alone on one core, by CPU time and not by the clock, beside the two ends of what is possible: the naive way, every field and
/// component split into strings, and a bare search for separators. Messages are pathology of ten values, and a hospital's day
/// where somebody put one (<c>DCR_SAMPLES</c>, or <c>../shared/samples</c>).
/// </summary>
internal static class Parsing
{
    private const string Naive = "limit: naive split of pathology into strings, one core";
    private const string Scan = "limit: search for separators in pathology, one core";
    private static readonly char[] Separators = ['\r', '|', '^', '~', '&'];

    public static void Run(TimeSpan duration, Rounds rounds)
    {
        var pathology = Enumerable.Range(0, 100).Select(n => Encoding.UTF8.GetBytes(Pathology.Results(n, n, $"P{n}"))).ToList();
        Measure(Naive, null, pathology, duration, rounds, static body => Split(body));
        Measure(Scan, null, pathology, duration, rounds, static body => Search(body));
        Measure("pathology messages, fields and acknowledgement, one core", Naive, pathology, duration, rounds, static body => FieldsAndAnswer(body));
        Measure("pathology messages, fields and answer against the search", Scan, pathology, duration, rounds, static body => FieldsAndAnswer(body));
        Measure("pathology messages read to facts, one core", Naive, pathology, duration, rounds, static body => ToFacts(body));
        if (Day() is { Count: > 0 } day)
        {
            Measure("hospital's day, fields and acknowledgement, one core", null, day, duration, rounds, static body => FieldsAndAnswer(body));
            Measure("hospital's day read to facts, one core", null, day, duration, rounds, static body => ToFacts(body));
        }
    }

    private static void Measure(string name, string? limit, List<byte[]> bodies, TimeSpan duration, Rounds rounds, Action<byte[]> read)
    {
        using var process = Process.GetCurrentProcess();
        var began = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < duration; count++)
            read(bodies[count % bodies.Count]);
        process.Refresh();
        rounds.Add(name, "messages/s", count / (process.TotalProcessorTime - began).TotalSeconds, limit);
    }

    /// <summary>What an engine does that stores and answers: three fields of the patient, each code and value, and the acknowledgement.</summary>
    private static int FieldsAndAnswer(byte[] body)
    {
        if (!Message.TryRead(body, null, out var message, out _))
            return 0;
        var pid = message.First("PID");
        var length = (pid[3].TextOf(1)?.Length ?? 0) + (pid[5].TextOf(1)?.Length ?? 0) + (pid[7].Text?.Length ?? 0);
        foreach (var segment in message.Segments)
        {
            if (segment.Is("OBX"))
                length += (segment[3].TextOf(1)?.Length ?? 0) + (segment[5].Text?.Length ?? 0);
        }

        return length + Acknowledgement.Of(body, Verdict.Accepted, null, AckStyle.Original, "D1-1", DateTimeOffset.UnixEpoch)!.Length;
    }

    private static void ToFacts(byte[] body) =>
        Adapters.Read(new InboxMessage(1, DateTimeOffset.UnixEpoch, SourceCodes.SystemC, Formats.Hl7v2, body, null));

    private static int Split(byte[] body)
    {
        var parts = 0;
        foreach (var line in Encoding.UTF8.GetString(body).Split('\r'))
        {
            foreach (var field in line.Split('|'))
                parts += field.Split('^').Length;
        }

        return parts;
    }

    private static int Search(byte[] body)
    {
        var rest = Encoding.UTF8.GetString(body).AsSpan();
        var parts = 0;
        for (var at = rest.IndexOfAny(Separators); at >= 0; at = rest.IndexOfAny(Separators))
        {
            parts++;
            rest = rest[(at + 1)..];
        }

        return parts;
    }

    /// <summary>Ten times the message: how many times the work. Ten is linear, a hundred would be quadratic.</summary>
    public static void Linear(Rounds rounds)
    {
        foreach (var (name, grow) in (ReadOnlySpan<(string, Func<int, string>)>)
            [
                ("segments", n => string.Concat(Enumerable.Repeat("OBX|1|NM|HB^Haemoglobin||132|g/L\r", n))),
                ("fields", n => "ZZ1" + string.Concat(Enumerable.Repeat("|a", n)) + "\r"),
                ("repetitions", n => "PID|1||" + string.Concat(Enumerable.Repeat("A1^^^RBD01^HOSP~", n)) + "\r"),
                ("text", n => "OBX|1|FT|X||" + string.Concat(Enumerable.Repeat("words\\.br\\and \\T\\ words", n)) + "\r"),
            ])
        {
            var header = "MSH|^~\\&|LAB|RBD01|DCR|DCR|20261101080000||ORU^R01|L1|P|2.4\rPID|1||L1^^^RBD01^HOSP||L^L||19500101|F\rOBR|1||F1|X^X\r";
            var small = Cost(Encoding.UTF8.GetBytes(header + grow(2_000)));
            var large = Cost(Encoding.UTF8.GetBytes(header + grow(20_000)));
            rounds.Add($"work of a message with ten times the {name}", "times", large / small);
        }
    }

    /// <summary>CPU time of one reading to facts, the least of several.</summary>
    private static double Cost(byte[] body)
    {
        using var process = Process.GetCurrentProcess();
        var least = double.MaxValue;
        var times = Math.Max(2, 1_000_000 / body.Length);
        for (var round = 0; round < 5; round++)
        {
            process.Refresh();
            var began = process.TotalProcessorTime;
            for (var i = 0; i < times; i++)
                ToFacts(body);
            process.Refresh();
            least = Math.Min(least, (process.TotalProcessorTime - began).TotalMilliseconds / times);
        }

        return least;
    }

    private static List<byte[]> Day()
    {
        var samples = Environment.GetEnvironmentVariable("DCR_SAMPLES") is { Length: > 0 } named ? named
            : Path.Combine(Environment.GetEnvironmentVariable("DCR_ROOT") ?? ".", "..", "shared", "samples");
        var file = Path.Combine(samples, "hl7v2", "simulated-hospital", "first-500.hl7");
        return File.Exists(file) ? [.. Batch.Divide(File.ReadAllBytes(file), out _).Select(m => m.ToArray())] : [];
    }
}

using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Mllp;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Feeds.Tests.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Feeds.Tests.Fuzz;

/// <summary>
/// Law 8 beyond the syntax: from the bytes on the wire to the facts, whatever was done to a message, there is a reading, an answer to its
/// sender, and no adapter's exception. Messages that once broke something lie in <c>Fuzz/Found</c> and are tried first. The seed is
/// <c>DCR_FUZZ_SEED</c>, else another each time; <c>DCR_FUZZ_COUNT</c> tries more.
/// </summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Hospitals = [SourceCodes.SystemC, SourceCodes.Camis, SourceCodes.CareCentric];

    [Fact]
    public void When_a_message_that_once_broke_something_is_read_then_it_holds()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Home, "Found"), "*.hl7").Order(StringComparer.Ordinal))
            Assert.True(FaultOf(File.ReadAllBytes(file)) is not { } fault, $"{Path.GetFileName(file)}: {FaultOf(File.ReadAllBytes(file))}");
    }

    [Fact]
    public void When_messages_are_mutated_then_each_has_a_reading_and_an_answer()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DCR_FUZZ_SEED"), out var given) ? given : Random.Shared.Next();
        var count = int.TryParse(Environment.GetEnvironmentVariable("DCR_FUZZ_COUNT"), out var more) ? more : 6_000;
        output.WriteLine($"DCR_FUZZ_SEED={seed}");
        var dice = new Random(seed);
        var corpus = Corpus();

        for (var n = 0; n < count; n++)
        {
            var body = Mutation.Of(corpus[dice.Next(corpus.Count)], corpus[dice.Next(corpus.Count)], dice);
            if (FaultOf(body) is not { } fault)
                continue;
            var found = Path.Combine(Path.GetTempPath(), $"dcr-fuzz-{seed}-{n}.hl7");
            File.WriteAllBytes(found, Smallest(body));
            Assert.Fail($"{fault}; DCR_FUZZ_SEED={seed}; the message is in {found}: keep it in Fuzz/Found");
        }
    }

    /// <summary>Golden messages of ours, and the public ones where somebody put them.</summary>
    private static List<byte[]> Corpus()
    {
        var golden = Directory.GetFiles(Path.Combine(Home, "..", "Sources", "Hl7", "Golden"), "*.hl7");
        return [.. golden.Concat(Samples.Files("hl7v2")).Order(StringComparer.Ordinal)
            .SelectMany(f => Batch.Divide(File.ReadAllBytes(f), out _)).Select(m => m.ToArray()).Where(m => m.Length is > 0 and < 8000)];
    }

    private static string Home => Path.Combine(Samples.Repository, "tests", "DorsetCareRecord.Feeds.Tests", "Fuzz");

    /// <summary>What the message broke, in our words; null when all held.</summary>
    private static string? FaultOf(byte[] body)
    {
        try
        {
            return FrameFaultOf(body) ?? PrintFaultOf(body) ?? ReadingFaultOf(body);
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name} at {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
    }

    /// <summary>On the wire, cut in two anywhere, it is the same frames; and each is answered under its own control id.</summary>
    private static string? FrameFaultOf(byte[] body)
    {
        byte[] wire = [0x0B, .. body, 0x1C, 0x0D];
        var whole = Frames(wire, wire.Length);
        foreach (var cut in (int[])[1, wire.Length / 2, wire.Length - 1])
        {
            var again = Frames(wire, cut);
            if (again.Count != whole.Count || again.Zip(whole).Any(p => p.First.Kind != p.Second.Kind || !p.First.Content.Span.SequenceEqual(p.Second.Content.Span)))
                return $"other frames when cut after {cut} bytes";
        }

        var settings = new MllpSettings { Source = SourceCodes.SystemC, Address = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 1), TakesTestMessages = true };
        foreach (var message in whole.SelectMany(f => Reception.Receive(f, settings, Profiles.Of(settings.Source), "fuzz")))
        {
            if (message.Verdict is not { } verdict)
                continue;
            var answer = Acknowledgement.Of(message.Answered.Span, verdict, message.Refusal, AckStyle.Original, "D1", ReceivedAt);
            if (!Message.TryRead(answer, null, out var read, out _))
                return "an answer that cannot be read";
            if (verdict == Verdict.Accepted && !HeaderBytes.Of(message.Answered.Span)[10].SequenceEqual(HeaderBytesOfMsa2(answer)))
                return "an answer under another control id";
        }

        return null;
    }

    private static ReadOnlySpan<byte> HeaderBytesOfMsa2(byte[]? answer)
    {
        var rest = answer.AsSpan();
        var separator = rest[3];
        rest = rest[(rest.IndexOf("\rMSA"u8) + 4)..];
        rest = rest[(rest[1..].IndexOf(separator) + 2)..];
        var end = rest.IndexOfAny(separator, (byte)'\r');
        return rest[..end];
    }

    private static string? PrintFaultOf(byte[] body)
    {
        if (!Message.TryRead(body, null, out var message, out _))
            return null;
        var printed = message.Print();
        return Message.TryRead(Encoding.UTF8.GetBytes(printed), null, out var again, out _) && again.Print() == printed ? null : "printing and reading gives another message";
    }

    private static string? ReadingFaultOf(byte[] body)
    {
        foreach (var source in Hospitals)
        {
            var message = new InboxMessage(1, ReceivedAt, source, Formats.Hl7v2, body, null);
            var reading = Adapters.Read(message);
            if (reading is NotUnderstood { Fault: { Reason: Reasons.AdapterFault } fault })
                return $"{source}: {fault.Shape}";
            if (FactsText.Of(reading) != FactsText.Of(Adapters.Read(message)))
                return $"{source}: read twice, it is two things";
        }

        return null;
    }

    private static List<Frame> Frames(byte[] wire, int cut)
    {
        var framing = new Framing(1 << 20);
        var frames = new List<Frame>();
        foreach (var part in (byte[][])[wire[..cut], wire[cut..]])
        {
            ReadOnlySpan<byte> rest = part;
            while (framing.TryTake(ref rest, out var frame))
                frames.Add(frame);
        }

        if (framing.Settle(out var last))
            frames.Add(last);
        return frames;
    }

    /// <summary>Lines, then halves of lines, left out as long as it still breaks.</summary>
    private static byte[] Smallest(byte[] body)
    {
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            var lines = Encoding.Latin1.GetString(body).Split('\r');
            for (var i = 0; i < lines.Length && !isSmaller; i++)
            {
                foreach (var instead in (string?[])[null, lines[i][..(lines[i].Length / 2)]])
                {
                    var less = Encoding.Latin1.GetBytes(string.Join('\r', lines[..i].Concat(instead is null ? [] : [instead]).Concat(lines[(i + 1)..])));
                    if (less.Length < body.Length && FaultOf(less) is not null)
                    {
                        (body, isSmaller) = (less, true);
                        break;
                    }
                }
            }
        }

        return body;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>
/// The answer to a frame: one frame for one, so that no answer can be taken for the next message's. A batch is answered by a
/// batch of acknowledgements in its order. The block characters are bytes and never pass through a character set.
/// </summary>
internal sealed class AnswerFrame(MllpSettings settings, TimeProvider time)
{
    private readonly string _start = time.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
    private long _count;

    private static readonly Refusal NotStored = new("not stored, send it again", "MSH^1", "207");

    /// <summary>Writes the framed answer; false when there is nothing to answer.</summary>
    public bool TryWrite(IBufferWriter<byte> output, IReadOnlyList<Received> messages) =>
        TryWrite(output, messages, m => m.Verdict, m => m.Refusal, settings.Refused);

    /// <summary>The same for messages that could not be stored.</summary>
    public bool TryWriteNotStored(IBufferWriter<byte> output, IReadOnlyList<Received> messages, RefusalCode code) =>
        TryWrite(output, messages, m => m.Verdict is null ? null : Verdict.Rejected, static _ => NotStored, code);

    private bool TryWrite(
        IBufferWriter<byte> output, IReadOnlyList<Received> messages, Func<Received, Verdict?> verdictOf, Func<Received, Refusal?> refusalOf, RefusalCode code)
    {
        var answers = new List<byte[]>(messages.Count);
        foreach (var message in messages)
        {
            if (verdictOf(message) is { } verdict && Acknowledgement.Of(
                    message.Answered.Span, verdict, refusalOf(message), settings.AckStyle, NextId(), time.GetUtcNow(), code) is { } answer)
                answers.Add(answer);
        }

        if (answers.Count == 0)
            return false;
        output.Write([Framing.StartBlock]);
        if (messages.Count > 1)
            output.Write("BHS|^~\\&\r"u8);
        foreach (var answer in answers)
            output.Write(answer);
        if (messages.Count > 1)
            output.Write(Encoding.ASCII.GetBytes($"BTS|{answers.Count}\r"));
        output.Write([Framing.EndBlock, Framing.Return]);
        return true;
    }

    /// <summary>At most 20 characters, as MSH-10 had until 2.6; unique over restarts by the second of the start.</summary>
    private string NextId() => $"D{_start}-{Interlocked.Increment(ref _count):x}";
}

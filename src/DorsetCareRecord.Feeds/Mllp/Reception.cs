using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Mllp;

/// <summary>What the door does with one message of a frame: store this, and when that is committed answer so.</summary>
/// <param name="Delivery">For the inbox.</param>
/// <param name="Verdict">What the answer will say; null for a frame nobody waits for an answer to.</param>
/// <param name="Refusal">Why, when it is rejected.</param>
/// <param name="Answered">The bytes the answer is made from; empty when MSH cannot be read.</param>
internal sealed record Received(Delivery Delivery, Verdict? Verdict, Refusal? Refusal, ReadOnlyMemory<byte> Answered);

/// <summary>
/// Decides at the door, by MSH alone, between AA and AR. Whatever it decides, the bytes go into the inbox first.
/// </summary>
/// <remarks>
/// AA: MSH is readable. Unknown types and versions, missing patients and faults further down are ours to sort out: a resend
/// would not mend them, and a refusal would stop a hospital's queue.
/// AR: MSH is unreadable (then MSA-2 is empty), a test message came to production, the frame is too large, or a batch is
/// incomplete. AE is never sent: it would ask for a resend that cannot help. A failure to store is not answered at all: the
/// connection is closed and the sender keeps its message.
/// </remarks>
internal static class Reception
{
    private const int MegabyteBytes = 1_000_000;

    public static IReadOnlyList<Received> Receive(Frame frame, MllpSettings settings, Profile profile, string? peer)
    {
        if (frame.Kind == FrameKind.Whole)
        {
            var bodies = Batch.Divide(frame.Content, out var incomplete);
            return incomplete is not null
                ? [Refuse(frame, incomplete, new Refusal("batch count does not match", "BTS^1^1", "207"), answered: default)]
                : bodies.Select(ReceiveOne).ToList();
        }

        return frame.Kind switch
        {
            FrameKind.TooLarge => [Refuse(
                frame,
                new Fault(Reasons.TooLarge, null, $"{frame.Length} bytes"),
                new Refusal($"message too large, limit {settings.FrameLimit / MegabyteBytes} MB", "MSH^1", "207"),
                frame.Content)],
            FrameKind.Unbegun => [Refuse(
                frame,
                new Fault(Reasons.Unreadable, "frame", $"no start block, {frame.Length} bytes"),
                new Refusal("no start block", "MSH^1", "100"),
                answered: default)],
            _ => [Refuse(frame, new Fault(Reasons.Incomplete, "frame", $"no end block, {frame.Length} bytes"), null, default)],
        };

        Received ReceiveOne(ReadOnlyMemory<byte> body)
        {
            var look = QuickLook.At(body.Span, profile);
            var delivery = new Delivery
            {
                Source = settings.Source,
                Format = Formats.Hl7v2,
                Body = body,
                ControlId = look.ControlId,
                ControlScope = look.ControlScope,
                Patient = look.Patient,
                Peer = peer,
            };
            if (look.Fault is { } fault)
                return new Received(delivery, Verdict.Rejected, RefusalOf(fault), default);
            if (UnexpectedOf(body, settings.Sender) is { } field)
                return Refuse(
                    new Frame(FrameKind.Whole, body, body.Length),
                    new Fault(Reasons.WrongSender, $"MSH-{field}", "not as this source's profile has it"),
                    new Refusal($"MSH-{field} is not expected at this port", $"MSH^1^{field}", "207"),
                    body);
            return look.ProcessingId is "T" or "D" && !settings.TakesTestMessages
                ? Refuse(
                    new Frame(FrameKind.Whole, body, body.Length),
                    new Fault(Reasons.WrongEnvironment, "MSH-11", look.ProcessingId),
                    new Refusal("test message sent to production", "MSH^1^11", "202"),
                    body)
                : new Received(delivery, Verdict.Accepted, null, body);
        }

        Received Refuse(Frame refused, Fault fault, Refusal? refusal, ReadOnlyMemory<byte> answered) => new(
            new Delivery
            {
                Source = settings.Source,
                Format = Formats.Hl7v2Refused,
                Body = RefusedBody.Pack(fault, refused),
                Peer = peer,
            },
            refusal is null ? null : Verdict.Rejected,
            refusal,
            answered);
    }

    /// <summary>The first of MSH-3 to MSH-6 that has something else than the profile allows (R5).</summary>
    private static int? UnexpectedOf(ReadOnlyMemory<byte> body, IReadOnlyDictionary<int, IReadOnlyList<string>> expected)
    {
        if (expected.Count == 0)
            return null;
        var header = HeaderBytes.Of(body.Span);
        foreach (var (field, allowed) in expected.OrderBy(e => e.Key))
        {
            var value = Encoding.UTF8.GetString(header[field]);
            var first = header[2].IsEmpty ? value : value.Split((char)header[2][0])[0];
            if (!allowed.Contains(value, StringComparer.OrdinalIgnoreCase) && !allowed.Contains(first, StringComparer.OrdinalIgnoreCase))
                return field;
        }

        return null;
    }

    private static Refusal RefusalOf(Fault fault) => fault.Place switch
    {
        "MSH-1" => new Refusal("field separator unreadable", "MSH^1^1", "102"),
        "MSH-2" => new Refusal("encoding characters unreadable", "MSH^1^2", "102"),
        "MSH-18" => new Refusal("UTF-16 is not supported", "MSH^1^18", "102"),
        _ => new Refusal("no readable MSH segment", "MSH^1", "100"),
    };
}

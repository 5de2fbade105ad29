using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>The inbox read again by today's adapters, for verify and rebuild; and their progress on standard error.</summary>
internal static class Replaying
{
    public static readonly DorsetCareRecord.Projection.Verifying.Replay Inbox = new(AppliedOrder.IdsAsync, async (connection, ids, cancellation) =>
        [.. (await AppliedOrder.ReadAsync(connection, ids, cancellation)).Select(Read)]);

    /// <summary>On a terminal only: a log needs no counter.</summary>
    public static IProgress<long>? Progress => Console.IsErrorRedirected ? null : new Counter();

    private static ReplayedMessage Read(InboxMessage message) => Adapters.Read(message) switch
    {
        Understood understood =>
            new ReplayedMessage(message.Id, new MessageFacts(message.Id, message.ReceivedAt, Adapters.Version, understood.Patients), null),
        OfNoConcern none => new ReplayedMessage(message.Id, null, $"now of no concern ({none.Why})"),
        NotUnderstood not => new ReplayedMessage(message.Id, null, $"no longer understood ({not.Fault.Reason} {not.Fault.Place})".TrimEnd()),
        _ => throw new InvalidOperationException("A reading of a kind nobody replays."),
    };

    private sealed class Counter : IProgress<long>
    {
        public void Report(long value) => Console.Error.Write($"\r{value} messages replayed ");
    }
}

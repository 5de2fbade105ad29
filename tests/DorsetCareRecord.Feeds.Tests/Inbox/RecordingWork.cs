using System.Collections.Concurrent;
using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>Work that writes one row for each message into a table of its own, so that what is rolled back is seen to be gone.</summary>
internal sealed class RecordingWork(Action<InboxMessage>? before = null) : ILaneWork
{
    /// <summary>Bodies in the order they were handed over, also of attempts that failed.</summary>
    public ConcurrentQueue<string> Handed { get; } = new();

    /// <summary>What becomes of a message; applied with one fact unless told otherwise.</summary>
    public Func<InboxMessage, Settlement> Outcome { get; init; } = _ => new Applied(1, []);

    /// <summary>Awaited in the middle of each batch.</summary>
    public Func<IReadOnlyList<InboxMessage>, Task> Midway { get; init; } = _ => Task.CompletedTask;

    public static string Text(InboxMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    public async Task<IReadOnlyList<Settlement>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
        {
            Handed.Enqueue(Text(message));
            before?.Invoke(message);
        }

        await Midway(messages);
        return [.. messages.Select(Outcome)];
    }
}

using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Tells drains that messages may wait: at once within the process, and through PostgreSQL for other processes. A hint only;
/// a drain also looks from time to time, so a lost notification costs a moment and never a message.
/// </summary>
public sealed class WaitingSignal
{
    private TaskCompletionSource _raised = New();

    /// <summary>Take this before looking for work, and await it when there was none: no notification falls in between.</summary>
    public Task Next => Volatile.Read(ref _raised).Task;

    public void Raise() => Interlocked.Exchange(ref _raised, New()).TrySetResult();

    /// <summary>Listens for other processes' messages until cancelled. Throws when the connection is lost; call it again.</summary>
    public async Task ListenAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        connection.Notification += (_, _) => Raise();
        await using (var listen = new NpgsqlCommand("listen inbox_waiting", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        Raise();
        while (true)
            await connection.WaitAsync(cancellation);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

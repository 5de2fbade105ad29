using DorsetCareRecord.Record.Facts;
using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>What became of a message; a closed list.</summary>
public abstract record Settlement;

/// <summary>Its facts are in the record.</summary>
/// <param name="Facts">How many.</param>
/// <param name="Remarks">What was not understood of it, without values.</param>
public sealed record Applied(int Facts, IReadOnlyList<Fault> Remarks) : Settlement;

/// <summary>Well formed and of no concern to the record.</summary>
public sealed record NoConcern(string Why) : Settlement;

/// <summary>Set aside for a human, with its reason.</summary>
public sealed record Parked(Fault Fault) : Settlement;

/// <summary>Turns messages of one lane into rows of the record; the meeting of Feeds and Projection.</summary>
public interface ILaneWork
{
    /// <summary>
    /// Reads and applies the messages, oldest first, on the lane's own connection and transaction; one settlement for each,
    /// in the same order. Neither commits nor rolls back. To throw means that nothing is applied; the messages are then
    /// tried one at a time.
    /// </summary>
    Task<IReadOnlyList<Settlement>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation);
}

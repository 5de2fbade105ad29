using DorsetCareRecord.Projection.Applying;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>A message as it is read today.</summary>
/// <param name="Facts">Null when its adapter no longer understands it.</param>
/// <param name="Why">Then the reason, without values.</param>
public sealed record ReplayedMessage(long Id, MessageFacts? Facts, string? Why);

/// <summary>How the inbox is read again; given by the one who knows the inbox.</summary>
/// <param name="OrderAsync">Ids of every applied message, in the order in which they were applied.</param>
/// <param name="ReadAsync">These messages, in the same order, on the same connection.</param>
public sealed record Replay(
    Func<NpgsqlConnection, CancellationToken, Task<IReadOnlyList<long>>> OrderAsync,
    Func<NpgsqlConnection, IReadOnlyList<long>, CancellationToken, Task<IReadOnlyList<ReplayedMessage>>> ReadAsync)
{
    /// <summary>For a shadow that is given its messages otherwise.</summary>
    public static Replay OfNothing { get; } = new((_, _) => Task.FromResult<IReadOnlyList<long>>([]), (_, _, _) => Task.FromResult<IReadOnlyList<ReplayedMessage>>([]));
}

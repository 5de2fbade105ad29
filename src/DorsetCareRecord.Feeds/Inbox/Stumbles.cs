using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>A lane whose last attempt machinery broke.</summary>
/// <param name="UntilId">Last message of the batch that broke: until it is settled the lane is worked one message at a time.</param>
/// <param name="MessageId">The lane's head at that attempt.</param>
/// <param name="Tries">Attempts at that very message alone that broke.</param>
internal sealed record Stumble(long UntilId, long MessageId, int Tries);

/// <summary>
/// A failure of machinery says nothing of the message, so it is tried again; but a message that fails so each time it is tried alone
/// (it is too much for the server's memory, or always runs into the statement's time) would hold its lane for ever and a drain with it.
/// So each attempt is counted, the next waits twice as long while other lanes go on, and after <see cref="Most"/> the message is parked.
/// </summary>
/// <remarks>
/// <code>working → (a batch breaks) → one at a time → (all of it settled) → working
///                                   one at a time → (one breaks) → waits 0, 1, 2, 4 ... 256 s → one at a time
///                                                   (it broke Most times) → parked: machinery-fault → one at a time</code>
/// A database that is down counts once a lane at most: without a connection nothing is claimed, and nothing is counted.
/// </remarks>
internal static class Stumbles
{
    /// <summary>About eight and a half minutes from the first attempt to the last.</summary>
    public const int Most = 10;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>How long a lane waits after so many broken attempts at its head; not at all after the first, which is mostly a passing trouble.</summary>
    public static TimeSpan Pause(int tries) =>
        tries <= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, tries - 2)));

    /// <summary>Read under the lane's lock; null for a lane that works as usual.</summary>
    public static async Task<Stumble?> OfAsync(NpgsqlConnection connection, Lane lane, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select until_id, message_id, tries from inbox.stumble where source = $1 and lane = $2", connection);
        AddLane(command, lane);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new Stumble(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2)) : null;
    }

    /// <summary>In the transaction that settled <paramref name="settled"/>: the lane works as usual again once all that broke is settled.</summary>
    public static async Task PassAsync(NpgsqlConnection connection, Lane lane, long settled, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from inbox.stumble where source = $1 and lane = $2 and until_id <= $3", connection);
        AddLane(command, lane);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = settled });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Counts an attempt that broke, in a transaction of its own.</summary>
    public static async Task CountAsync(
        NpgsqlConnection connection, Lane lane, IReadOnlyList<long> ids, int tries, string kind, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into inbox.stumble (source, lane, until_id, message_id, tries, kind, next_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (source, lane) do update set until_id = greatest(stumble.until_id, excluded.until_id),
              message_id = excluded.message_id, tries = excluded.tries, kind = excluded.kind, next_at = excluded.next_at
            """, connection);
        AddLane(command, lane);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ids[^1] });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ids[0] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tries });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now + Pause(tries)).UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void AddLane(NpgsqlCommand command, Lane lane)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lane.Source, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Number });
    }
}

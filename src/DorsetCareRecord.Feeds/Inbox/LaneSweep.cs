using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Works several lanes in one transaction: a message or two of each of many patients is what usually waits, and a round trip or a commit
/// costs the same for one message as for a hundred. Each lane is claimed as it is alone, and all are let go together. When anything goes
/// wrong, all is rolled back and nothing is known of whose fault it was: then lanes are worked one by one for a while.
/// </summary>
internal sealed class LaneSweep(TimeProvider time)
{
    private const int MostLanes = 24;
    private const int MostMessages = 160;

    // As LaneClaim.Nearest; the lock is tried lane by lane, and no further than the limit. A lane whose last attempt machinery broke is
    // worked alone; when its turn has come, being the oldest, nothing is swept, or it would wait for as long as others are busy.
    private const string Claim = $"""
        with oldest as materialized (
          select w.source, w.lane, w.message_id from inbox.waiting w where {LaneClaim.MayBeWorked} order by w.message_id limit 512),
        lanes as materialized (
          select o.source, o.lane, min(o.message_id) as first,
            exists (select from inbox.stumble t where t.source = o.source and t.lane = o.lane) as stumbles
          from oldest o group by o.source, o.lane order by first),
        fit as materialized (
          select source, lane from lanes where not stumbles and not (select stumbles from lanes order by first limit 1) order by first)
        select source, lane from fit where pg_try_advisory_xact_lock(hashtext(source), lane) limit $2
        """;

    private int _alone;

    /// <summary>Null when lanes must be worked one by one; nothing was changed then.</summary>
    public async Task<Drained?> TryAsync(NpgsqlConnection connection, ILaneWork work, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _alone) > 0)
        {
            Interlocked.Decrement(ref _alone);
            return null;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var lanes = await ClaimAsync(connection, cancellation);
        if (lanes.Count == 0)
            return null;
        var due = await LaneBatch.ReadAsync(connection, lanes, MostMessages, cancellation);
        if (due.Count == 0)
            return null;

        try
        {
            var settling = await Settling.ApplyAsync(connection, transaction, due, work, time.GetUtcNow(), cancellation);
            await transaction.CommitAsync(cancellation);
            return settling.Drained;
        }
#pragma warning disable CA1031 // Whatever it was, the lanes are tried again one by one, where it is told apart.
        catch (Exception) when (!cancellation.IsCancellationRequested && connection.FullState == System.Data.ConnectionState.Open)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _alone, lanes.Count);
            return null;
        }
    }

    private async Task<IReadOnlyList<Lane>> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Claim, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostLanes, NpgsqlDbType = NpgsqlDbType.Integer });
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var lanes = new List<Lane>();
        while (await reader.ReadAsync(cancellation))
            lanes.Add(new Lane(reader.GetString(0), reader.GetInt32(1)));
        return lanes;
    }
}

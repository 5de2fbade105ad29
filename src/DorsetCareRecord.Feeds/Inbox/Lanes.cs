using DorsetCareRecord.Record.Facts;
using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>How many messages a drain took off the waiting list, by outcome.</summary>
public readonly record struct Drained(int Applied, int NoConcern, int Duplicates, int Parked)
{
    /// <summary>Zero: nothing waits, or all that waits is being worked on by others.</summary>
    public int Messages => Applied + NoConcern + Duplicates + Parked;
}

/// <summary>
/// Waiting messages, worked lane by lane: claim, read, apply, settle and commit in one transaction. Any number of drains in
/// any number of processes may call at once; each gets another lane.
/// </summary>
public sealed class Lanes(NpgsqlDataSource database, TimeProvider time)
{
    private const int MostMessages = 100;
    private readonly LaneSweep _sweep = new(time);

    /// <summary>
    /// Works the oldest messages of several lanes together (<see cref="LaneSweep"/>), or of one lane where that did not go well. A
    /// batch of one lane that fails is tried again one message at a time, and the one that fails alone is parked. Failures of
    /// machinery (a lost connection, a deadlock, a full disk) throw; the messages then wait on.
    /// </summary>
    public async Task<Drained> DrainOneAsync(ILaneWork work, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (await _sweep.TryAsync(connection, work, cancellation) is { } together)
            return together;
        while (true)
        {
            var attempt = await TryBatchAsync(connection, work, cancellation);
            switch (attempt)
            {
                case NothingClaimed:
                    return default;
                case AlreadyDrained:
                    continue; // The lane's former holder settled it between our look and our lock.
                case BatchSettled settled:
                    return settled.Drained;
                case BatchFailed failed:
                    return await OneByOneAsync(connection, failed, work, cancellation);
            }
        }
    }

    private async Task<Attempt> TryBatchAsync(NpgsqlConnection connection, ILaneWork work, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await LaneClaim.OldestAsync(connection, cancellation) is not { } lane)
            return new NothingClaimed();

        var due = await LaneBatch.ReadAsync(connection, lane, MostMessages, cancellation);
        if (due.Count == 0)
            return new AlreadyDrained();

        try
        {
            return new BatchSettled(await ApplyAsync(connection, transaction, due, work, cancellation));
        }
        catch (Exception e) when (!Machinery.Failed(e, cancellation))
        {
            return new BatchFailed(lane, due.Count);
        }
    }

    /// <summary>Each in a transaction of its own, so that also a failure at commit names its message.</summary>
    private async Task<Drained> OneByOneAsync(
        NpgsqlConnection connection, BatchFailed failed, ILaneWork work, CancellationToken cancellation)
    {
        var total = default(Drained);
        for (var i = 0; i < failed.Messages; i++)
        {
            if (await TryOneAsync(connection, failed.Lane, work, cancellation) is not { } one)
                break; // Another drain has the lane now and goes on where we stopped.
            total = new Drained(total.Applied + one.Applied, total.NoConcern + one.NoConcern,
                total.Duplicates + one.Duplicates, total.Parked + one.Parked);
        }

        return total;
    }

    private async Task<Drained?> TryOneAsync(NpgsqlConnection connection, Lane lane, ILaneWork work, CancellationToken cancellation)
    {
        long poison;
        string kind;
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            if (!await LaneClaim.TryAsync(connection, lane, cancellation))
                return null;
            var due = await LaneBatch.ReadAsync(connection, lane, 1, cancellation);
            if (due.Count == 0)
                return null;

            try
            {
                return await ApplyAsync(connection, transaction, due, work, cancellation);
            }
            catch (Exception e) when (!Machinery.Failed(e, cancellation))
            {
                poison = due[0].Message.Id;
                kind = Machinery.KindOf(e);
            }
        }

        return await ParkAsync(connection, lane, poison, kind, cancellation);
    }

    private async Task<Drained?> ParkAsync(
        NpgsqlConnection connection, Lane lane, long poison, string kind, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await LaneClaim.TryAsync(connection, lane, cancellation))
            return null;
        var due = await LaneBatch.ReadAsync(connection, lane, 1, cancellation);
        if (due.Count == 0 || due[0].Message.Id != poison)
            return null;

        var settling = new Settling(time.GetUtcNow());
        settling.Add(due[0], new Parked(new Fault(Reasons.ApplyFault, Shape: kind)));
        await settling.WriteAsync(connection, cancellation);
        await transaction.CommitAsync(cancellation);
        return settling.Drained;
    }

    private async Task<Drained> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<DueMessage> due, ILaneWork work, CancellationToken cancellation)
    {
        var settling = await Settling.ApplyAsync(connection, transaction, due, work, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return settling.Drained;
    }

    private abstract record Attempt;

    private sealed record NothingClaimed : Attempt;

    private sealed record AlreadyDrained : Attempt;

    private sealed record BatchSettled(Drained Drained) : Attempt;

    private sealed record BatchFailed(Lane Lane, int Messages) : Attempt;
}

using System.Runtime.ExceptionServices;
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
    /// machinery (a lost connection, a deadlock, a full disk) throw; the messages then wait on, and a message that meets them each
    /// time it is tried alone is parked after many attempts (<see cref="Stumbles"/>).
    /// </summary>
    public async Task<Drained> DrainOneAsync(ILaneWork work, CancellationToken cancellation)
    {
        try
        {
            return await DrainLaneAsync(work, cancellation);
        }
        catch (BrokenException broken)
        {
            await StumbleAsync(broken, cancellation);
            ExceptionDispatchInfo.Throw(broken.InnerException!);
            throw;
        }
    }

    private async Task<Drained> DrainLaneAsync(ILaneWork work, CancellationToken cancellation)
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
        if (await LaneClaim.OldestAsync(connection, time.GetUtcNow(), cancellation) is not { } claimed)
            return new NothingClaimed();

        var lane = claimed.Lane;
        var due = await LaneBatch.ReadAsync(connection, lane, claimed.Stumble is null ? MostMessages : 1, cancellation);
        if (due.Count == 0)
            return new AlreadyDrained();

        try
        {
            return new BatchSettled(await ApplyAsync(connection, transaction, due, work, claimed.Stumble is not null, cancellation));
        }
        catch (Exception e) when (!Machinery.Failed(e, cancellation))
        {
            return new BatchFailed(lane, due.Count);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenException(lane, due, e);
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
                return await ApplyAsync(connection, transaction, due, work, stumbled: true, cancellation);
            }
            catch (Exception e) when (!Machinery.Failed(e, cancellation))
            {
                poison = due[0].Message.Id;
                kind = Machinery.KindOf(e);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                throw new BrokenException(lane, due, e);
            }
        }

        return await ParkAsync(connection, lane, poison, new Fault(Reasons.ApplyFault, Shape: kind), cancellation);
    }

    private async Task<Drained?> ParkAsync(
        NpgsqlConnection connection, Lane lane, long poison, Fault fault, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await LaneClaim.TryAsync(connection, lane, cancellation))
            return null;
        var due = await LaneBatch.ReadAsync(connection, lane, 1, cancellation);
        if (due.Count == 0 || due[0].Message.Id != poison)
            return null;

        var settling = new Settling(time.GetUtcNow());
        settling.Add(due[0], new Parked(fault));
        await settling.WriteAsync(connection, cancellation);
        await Stumbles.PassAsync(connection, lane, poison, cancellation);
        await transaction.CommitAsync(cancellation);
        return settling.Drained;
    }

    /// <summary>
    /// Counts the broken attempt on a fresh connection, for the lane's own may be what broke. When even that fails, the database is in
    /// trouble and not the message: nothing is counted.
    /// </summary>
    private async Task StumbleAsync(BrokenException broken, CancellationToken cancellation)
    {
        var (lane, ids, kind) = (broken.Lane, broken.Ids, Machinery.KindOf(broken.InnerException!));
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            if (await CountAsync(connection, lane, ids, kind, cancellation) >= Stumbles.Most)
                await ParkAsync(connection, lane, ids[0], new Fault(Reasons.MachineryFault, Shape: kind), cancellation);
        }
        catch (Exception e) when (Machinery.Failed(e, cancellation))
        {
            // The next attempt counts.
        }
    }

    private async Task<int> CountAsync(
        NpgsqlConnection connection, Lane lane, IReadOnlyList<long> ids, string kind, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await LaneClaim.TryAsync(connection, lane, cancellation))
            return 0;
        var known = await Stumbles.OfAsync(connection, lane, cancellation) is { } before && before.MessageId == ids[0] ? before.Tries : 0;
        var tries = ids.Count > 1 ? known : known + 1;
        await Stumbles.CountAsync(connection, lane, ids, tries, kind, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return tries;
    }

    private async Task<Drained> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<DueMessage> due, ILaneWork work, bool stumbled,
        CancellationToken cancellation)
    {
        var settling = await Settling.ApplyAsync(connection, transaction, due, work, time.GetUtcNow(), cancellation);
        if (stumbled)
            await Stumbles.PassAsync(connection, due[0].Lane, due[^1].Message.Id, cancellation);
        await transaction.CommitAsync(cancellation);
        return settling.Drained;
    }

    /// <summary>Machinery broke an attempt at these messages of a lane.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves this class.
    private sealed class BrokenException(Lane lane, IReadOnlyList<DueMessage> due, Exception why) : Exception("An attempt was broken.", why)
#pragma warning restore CA1032, CA1064
    {
        public Lane Lane { get; } = lane;

        public IReadOnlyList<long> Ids { get; } = [.. due.Select(d => d.Message.Id)];
    }

    private abstract record Attempt;

    private sealed record NothingClaimed : Attempt;

    private sealed record AlreadyDrained : Attempt;

    private sealed record BatchSettled(Drained Drained) : Attempt;

    private sealed record BatchFailed(Lane Lane, int Messages) : Attempt;
}

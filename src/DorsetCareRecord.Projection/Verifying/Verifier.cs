using System.Data;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>
/// Law 2: empty and replay gives the same rows. Builds the record again from the inbox in a shadow nobody sees and compares row by
/// row, log included, as of one moment while the feed goes on.
/// </summary>
public static class Verifier
{
    /// <param name="connectionString">Of the worker's role.</param>
    /// <param name="replay">How the inbox is read again.</param>
    /// <param name="progress">Told how many messages have been replayed.</param>
    /// <param name="cancellation">Stops it; nothing remains of it.</param>
    public static async Task<Verification> RunAsync(
        string connectionString, Replay replay, IProgress<long>? progress, CancellationToken cancellation = default)
    {
        // A connection of its own, closed at the end: its temporary tables go with it.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);

        // A crosswalk that is being laid is in force before its covers are all worked out: the moment is not one of those.
        await connection.RunAsync($"select pg_advisory_lock_shared({Locks.OfCutover(CutoverPlan.Bournemouth)})", cancellation);

        // The snapshot: inbox and record are of the same moment, because a message settles in the transaction that applies it.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await connection.RunAsync($"select pg_advisory_unlock_shared({Locks.OfCutover(CutoverPlan.Bournemouth)})", cancellation);
        var shadow = new Shadow(connection, replay, progress);
        await shadow.MakeAsync(cancellation);
        await shadow.CatchUpAsync(cancellation);

        var differences = new List<Difference>(shadow.Unreadable);
        await connection.RunAsync("set enable_seqscan = on", cancellation);
        foreach (var table in ComparedTable.Derived.Append(ComparedTable.Links).Append(ComparedTable.Reviews))
            await CompareAsync(connection, table, differences, cancellation);
        var people = await connection.CountAsync(
            $"select count(distinct person_id) from {RecordSchema.Name}.person_link where ended_at is null", cancellation);
        await transaction.RollbackAsync(cancellation);
        return new Verification(people, shadow.Messages, differences);
    }

    private static async Task CompareAsync(
        NpgsqlConnection connection, ComparedTable table, List<Difference> differences, CancellationToken cancellation)
    {
        await connection.RunAsync($"analyze pg_temp.\"{table.Name}\"", cancellation);
        await using var command = new NpgsqlCommand(table.Differing(), connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var what = reader.GetBoolean(2) ? "missing in the record"
                : reader.GetBoolean(3) ? "not in the replay"
                : $"differs in {string.Join(", ", reader.GetFieldValue<string[]>(4))}";
            differences.Add(new Difference(reader.IsDBNull(0) ? null : reader.GetGuid(0), table.Name, reader.GetString(1), what));
        }
    }
}

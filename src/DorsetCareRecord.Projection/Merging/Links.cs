using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using Npgsql;

namespace DorsetCareRecord.Projection.Merging;

/// <summary>
/// An operator's word on whether two source records are one person. It is a row with a who and a when; taking it back ends the
/// row, and the record is as it was before, because links follow from what holds and from nothing that once held.
/// </summary>
public sealed class Links(TimeProvider time)
{
    private const string Lift = """
        update review set lifted_at = $3, lifted_by = $4
        where decision = $5 and lifted_at is null and decided_at is not null
          and ((identity_id = $1 and other_identity_id = $2) or (identity_id = $2 and other_identity_id = $1))
        """;

    private const string Rule = """
        insert into review (id, identity_id, other_identity_id, evidence, raised_at, decided_at, decided_by, decision)
        values ($6, $1, $2, 'operator', $3, $3, $4, $5)
        """;

    private const string TogetherNow = """
        select exists (
          select from person_link a join person_link b on b.person_id = a.person_id and b.ended_at is null
          where a.identity_id = $1 and b.identity_id = $2 and a.ended_at is null)
        """;

    /// <summary>They are one person: takes back an earlier word that they are not, or says so.</summary>
    public Task LinkAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid identity, Guid other, string by, CancellationToken cancellation = default) =>
        RuleAsync(connection, identity, other, by, same: true, cancellation);

    /// <summary>
    /// They are not one person: takes back an earlier word that they are, or says so. What makes them one by way of a third source
    /// record then no longer counts for <paramref name="identity"/>.
    /// </summary>
    public Task UnlinkAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid identity, Guid other, string by, CancellationToken cancellation = default) =>
        RuleAsync(connection, identity, other, by, same: false, cancellation);

    private async Task RuleAsync(
        NpgsqlConnection connection, Guid identity, Guid other, string by, bool same, CancellationToken cancellation)
    {
        if (identity == other)
            throw new ArgumentException("A source record is itself.", nameof(other));
        var at = Stamp.Storable(time.GetUtcNow());
        await LockAsync(connection, cancellation);

        if (await RunAsync(connection, Lift, identity, other, at, by, same ? "apart" : "same", cancellation) > 0)
            await RelinkAsync(connection, identity, other, at, by, cancellation);
        if (await AreTogetherAsync(connection, identity, other, cancellation) == same)
            return;
        await RunAsync(connection, Rule, identity, other, at, by, same ? "same" : "apart", cancellation);
        await RelinkAsync(connection, identity, other, at, by, cancellation);
    }

    /// <summary>All matching waits for us: rulings are rare, and whom they touch is not known before.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Locks.SharedRecord());
        batch.BatchCommands.Add(Locks.AllMatching());
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task RelinkAsync(
        NpgsqlConnection connection, Guid identity, Guid other, DateTimeOffset at, string by, CancellationToken cancellation)
    {
        var changes = await Linking.AfterRulingAsync(connection, [identity, other], at, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in LinkWrites.Of(changes, at, by))
            batch.BatchCommands.Add(command);
        if (Notification.Of([], changes.PersonsChanged) is { } notification)
            batch.BatchCommands.Add(notification);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<int> RunAsync(
        NpgsqlConnection connection, string sql, Guid identity, Guid other, DateTimeOffset at, string by, string decision,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = other });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = decision });
        if (sql == Rule)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(at) });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> AreTogetherAsync(
        NpgsqlConnection connection, Guid identity, Guid other, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TogetherNow, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = other });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using Npgsql;

namespace DorsetCareRecord.Projection.Merging;

/// <summary>
/// An operator's word on whether two source records are one person. It is a row with a who, a when and a why; taking it back ends the
/// row, and the record is as it was before, because links follow from what holds and from nothing that once held.
/// </summary>
public sealed class Links(TimeProvider time)
{
    private const string Lift = """
        update review set lifted_at = $3, lifted_by = $4, lifted_why = $6
        where decision = $5 and lifted_at is null and decided_at is not null
          and ((identity_id = $1 and other_identity_id = $2) or (identity_id = $2 and other_identity_id = $1))
        """;

    // The evidence is the open question's, if there was one.
    private const string Rule = """
        insert into review (id, identity_id, other_identity_id, evidence, raised_at, decided_at, decided_by, decision, why)
        select $7, $1, $2, coalesce((
            select r.evidence from review r where r.decided_at is null
              and ((r.identity_id = $1 and r.other_identity_id = $2) or (r.identity_id = $2 and r.other_identity_id = $1))), 'operator'),
          $3, $3, $4, $5, $6
        """;

    private const string Decide = """
        insert into decision (id, identity_id, other_identity_id, decision, decided_at, decided_by, why) values ($7, $1, $2, $5, $3, $4, $6)
        """;

    private const string TogetherNow = """
        select exists (
          select from person_link a join person_link b on b.person_id = a.person_id and b.ended_at is null
          where a.identity_id = $1 and b.identity_id = $2 and a.ended_at is null)
        """;

    /// <summary>The identity a source's patient has; the same whether it is known yet or not.</summary>
    public static Guid IdentityOf(Record.Values.LocalPatient patient) => NameIds.Identity(patient);

    /// <summary>Both are source records we know.</summary>
    public static async Task<bool> AreKnownAsync(NpgsqlConnection connection, Guid identity, Guid other, CancellationToken cancellation = default) =>
        await AskAsync(connection, "select count(*) = 2 from identity where id in ($1, $2)", identity, other, cancellation);

    /// <summary>Their source merged one into the other, directly or by a chain of two.</summary>
    public static async Task<bool> AreMergedAsync(NpgsqlConnection connection, Guid identity, Guid other, CancellationToken cancellation = default) =>
        await AskAsync(connection, """
            select exists (
              select from identity a join identity b on b.source = a.source
              join merge m on m.source = a.source and (
                (m.prior_local_id = a.local_id and m.survivor_local_id = b.local_id) or (m.prior_local_id = b.local_id and m.survivor_local_id = a.local_id))
              where a.id = $1 and b.id = $2)
            """, identity, other, cancellation);

    /// <summary>They are one person now.</summary>
    public static async Task<bool> AreTogetherAsync(NpgsqlConnection connection, Guid identity, Guid other, CancellationToken cancellation = default) =>
        await AskAsync(connection, TogetherNow, identity, other, cancellation);

    /// <summary>Every message that said something of either, in the order of receipt.</summary>
    public static async Task<IReadOnlyList<long>> MessagesOfAsync(
        NpgsqlConnection connection, Guid identity, Guid other, CancellationToken cancellation = default)
    {
        await using var command = new NpgsqlCommand("""
            select message_id from version where home in (select home from identity where id in ($1, $2)) and identity_id in ($1, $2)
            union select last_message_id from version where home in (select home from identity where id in ($1, $2)) and identity_id in ($1, $2)
            union select message_id from list_version where home in (select home from identity where id in ($1, $2)) and identity_id in ($1, $2)
            union select last_message_id from list_version where home in (select home from identity where id in ($1, $2)) and identity_id in ($1, $2)
            order by 1
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = other });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<long>();
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetInt64(0));
        return ids;
    }

    /// <summary>They are one person: takes back an earlier word that they are not, or says so.</summary>
    public Task LinkAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid identity, Guid other, string by, string why,
        CancellationToken cancellation = default) => RuleAsync(connection, new(identity, other, by, why), same: true, cancellation);

    /// <summary>
    /// They are not one person: takes back an earlier word that they are, or says so. What makes them one by way of a third source
    /// record then no longer counts for <paramref name="identity"/>.
    /// </summary>
    public Task UnlinkAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid identity, Guid other, string by, string why,
        CancellationToken cancellation = default) => RuleAsync(connection, new(identity, other, by, why), same: false, cancellation);

    /// <summary>Asked first, decided later: the pair stays apart and on the list, with the answer so far.</summary>
    public Task PutOffAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid identity, Guid other, string by, string why,
        CancellationToken cancellation = default) =>
        RunAsync(connection, Decide, new(identity, other, by, why), Stamp.Storable(time.GetUtcNow()), "later", cancellation);

    private async Task RuleAsync(NpgsqlConnection connection, Word word, bool same, CancellationToken cancellation)
    {
        if (word.Identity == word.Other)
            throw new ArgumentException("A source record is itself.", nameof(word));
        var at = Stamp.Storable(time.GetUtcNow());
        await LockAsync(connection, cancellation);

        await RunAsync(connection, Decide, word, at, same ? "same" : "apart", cancellation);
        var isLifted = await RunAsync(connection, Lift, word, at, same ? "apart" : "same", cancellation) > 0;
        if (isLifted)
            await RelinkAsync(connection, word, at, cancellation);
        // Taking a word back restores what was before it, the open question included.
        if (await AreTogetherAsync(connection, word.Identity, word.Other, cancellation) == same
            && (isLifted || !await IsAskedAsync(connection, word, cancellation)))
        {
            return;
        }

        await RunAsync(connection, Rule, word, at, same ? "same" : "apart", cancellation);
        await RelinkAsync(connection, word, at, cancellation);
    }

    /// <summary>A pair that waits needs the word itself, also when it says what already is.</summary>
    private static Task<bool> IsAskedAsync(NpgsqlConnection connection, Word word, CancellationToken cancellation) =>
        AskAsync(connection, """
            select exists (select from review where decided_at is null
              and ((identity_id = $1 and other_identity_id = $2) or (identity_id = $2 and other_identity_id = $1)))
            """, word.Identity, word.Other, cancellation);

    /// <summary>All matching waits for us: rulings are rare, and whom they touch is not known before.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Locks.SharedRecord());
        batch.BatchCommands.Add(Locks.AllMatching());
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task RelinkAsync(NpgsqlConnection connection, Word word, DateTimeOffset at, CancellationToken cancellation)
    {
        var changes = await Linking.AfterRulingAsync(connection, [word.Identity, word.Other], at, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in LinkWrites.Of(changes, at, word.By))
            batch.BatchCommands.Add(command);
        if (Notification.Of([], changes.PersonsChanged) is { } notification)
            batch.BatchCommands.Add(notification);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<int> RunAsync(
        NpgsqlConnection connection, string sql, Word word, DateTimeOffset at, string decision, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = word.Identity });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = word.Other });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = word.By });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = decision });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = word.Why });
        if (sql != Lift)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(at) });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> AskAsync(
        NpgsqlConnection connection, string sql, Guid identity, Guid other, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = identity });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = other });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private readonly record struct Word(Guid Identity, Guid Other, string By, string Why);
}

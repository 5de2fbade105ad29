using DorsetCareRecord.Access.Directory;
using Npgsql;

namespace DorsetCareRecord.Access.Relationships;

/// <summary>
/// Keeps what viewers say of why they look, and raises the alert that always goes with it, in one transaction: there is no
/// declaration without its alert. A declaration counts for one session and one person, and for a time.
/// </summary>
internal static class Declarations
{
    internal const string Relationship = "relationship";
    internal const string BreakGlass = "break-glass";

    /// <summary>A declared relationship lasts as long as the session can (<see cref="Sessions.AbsoluteLimit"/>).</summary>
    internal static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Viewer viewer, Guid person,
        Asking asking, Reason reason, string? words, DateTimeOffset now, TimeSpan lasts, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        var isSeal = asking == Asking.Seal;
        await using var batch = new NpgsqlBatch(connection, transaction);
        var declare = new NpgsqlBatchCommand("""
            insert into access.declaration (id, session_id, account_id, person_id, kind, reason_code, words, made_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        Add(declare, id, viewer.Session, viewer.Account, person, isSeal ? BreakGlass : Relationship, reason.Code,
            (object?)words ?? DBNull.Value, now, now + lasts);
        batch.BatchCommands.Add(declare);
        var alert = new NpgsqlBatchCommand("""
            insert into access.alert (id, raised_at, rule, organisation_code, feeds, account_id, person_id, declaration_id, reason)
            values ($1, $2, $3, $4, array(
                select distinct i.source from record.person_link l join record.identity i on i.home = l.home and i.id = l.identity_id
                where l.person_id = $6 and l.ended_at is null), $5, $6, $7, $8)
            """);
        Add(alert, Guid.NewGuid(), now, isSeal ? "P1" : "P2", viewer.Organisation, viewer.Account, person, id, reason.Code);
        batch.BatchCommands.Add(alert);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// The same person goes on in a session of its own, having proved who they are: what they declared counts there until it would have
    /// ended anyhow. It was told to the privacy officer when it was said.
    /// </summary>
    internal static async Task CarryAsync(AccessDatabase database, Guid older, Viewer newer, DateTimeOffset now, CancellationToken cancel)
    {
        await using var carry = database.Source.CreateCommand("""
            insert into access.declaration (id, session_id, account_id, person_id, kind, reason_code, words, made_at, expires_at)
            select gen_random_uuid(), $2, account_id, person_id, kind, reason_code, words, made_at, expires_at from access.declaration
            where session_id = $1 and account_id = $3 and ended_at is null and expires_at > $4
            """);
        foreach (var value in (object[])[older, newer.Session, newer.Account, now])
            carry.Parameters.Add(new() { Value = value });
        await carry.ExecuteNonQueryAsync(cancel);
    }

    private static void Add(NpgsqlBatchCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
    }
}

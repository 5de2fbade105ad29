using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>
/// One change of one member of the administrator's own organisation, made by somebody who at that very moment still is its administrator.
/// Changes of one organisation take turns: of two administrators who remove each other at once the second is none any more, so that
/// one always remains.
/// </summary>
internal static class StaffChange
{
    /// <summary>
    /// Of an account that the viewer may change at this very moment; $2 is their organisation, $3 their own account, which nobody changes themselves.
    /// </summary>
    internal const string IsTheirs = """
        organisation_code = $2 and id <> $3 and exists (
            select from access.account me where me.id = $3 and me.organisation_code = $2 and me.role = 'admin' and me.disabled_at is null)
        """;

    /// <param name="set">What becomes of the row; its values begin at $4.</param>
    /// <returns>False when it is not theirs to change.</returns>
    internal static async Task<bool> MakeAsync(AccessDatabase database, Viewer viewer, Guid account, string set, CancellationToken cancel,
        params object[] values)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection); // one transaction; each statement sees what the one before waited for
        var turn = new NpgsqlBatchCommand("select pg_advisory_xact_lock(hashtextextended('staff of ' || $1, 0))");
        turn.Parameters.Add(new() { Value = viewer.Organisation });
        var change = new NpgsqlBatchCommand($"""
            update access.account set {set} where id = $1 and {IsTheirs}
            """);
        foreach (var value in (object[])[account, viewer.Organisation, viewer.Account, .. values])
            change.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(turn);
        batch.BatchCommands.Add(change);
        await batch.ExecuteNonQueryAsync(cancel);
        return change.RecordsAffected == 1;
    }
}

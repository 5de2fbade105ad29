using System.Text.Json;
using DorsetCareRecord.Feeds.Inbox;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>
/// Does what was asked: one act at a time over all processes, in the order of asking, so that "pause, then resume" ends as it reads. The
/// handler's effect and the outcome are one commit: a worker that dies in between has done nothing, and the next one does it.
/// </summary>
public sealed class ActRunner(NpgsqlDataSource database, IEnumerable<IActHandler> handlers, TimeProvider time)
{
    /// <summary>Attempts that machinery may break (a deadlock, a time-out, a lost connection) before an act has failed.</summary>
    public const int MostTries = 5;

    /// <summary>Held while an act is done. "DCRA" in ASCII.</summary>
    private const long OneAtATime = 0x44435241;

    private readonly Dictionary<string, IActHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    /// <summary>Does the oldest act that waits; false when none does, or another process is doing one.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        Act? act = null;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            if (!await ClaimAsync(connection, cancellation))
                return false;
            act = await NextAsync(connection, cancellation);
            if (act is null)
                return false;
            await WaitOnAsync(connection, cancellation);
            var (outcome, answer) = await DoAsync(new ActContext(act, connection, transaction), cancellation);
            await SettleAsync(connection, act.Id, outcome, answer, cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
        catch (Exception e) when (act is not null && !cancellation.IsCancellationRequested && Machinery.Failed(e, cancellation))
        {
            await StumbleAsync(act, Machinery.KindOf(e), cancellation);
            throw;
        }
    }

    private async Task<(ActOutcome Outcome, object Answer)> DoAsync(ActContext context, CancellationToken cancellation)
    {
        if (!_handlers.TryGetValue(context.Act.Kind, out var handler))
            return (ActOutcome.Refused, new Saying("This worker does not know how to do that. Is it of the same version as the page?"));
        const string before = "handler";
        await context.Transaction.SaveAsync(before, cancellation);
        try
        {
            switch (await handler.HandleAsync(context, cancellation))
            {
                case ActAnswer.Done done:
                    return (ActOutcome.Done, done.Said);
                case ActAnswer.Refused refused:
                    await context.Transaction.RollbackAsync(before, cancellation);
                    return (ActOutcome.Refused, new Saying(refused.Sentence));
                default:
                    throw new InvalidOperationException("An answer of a kind nobody stores.");
            }
        }
        catch (Exception e) when (!Machinery.Failed(e, cancellation))
        {
            await context.Transaction.RollbackAsync(before, cancellation);
            return (ActOutcome.Failed, Failure(handler, Machinery.KindOf(e)));
        }
    }

    private static Saying Failure(IActHandler? handler, string kind) =>
        new($"It could not be done ({kind}). {handler?.AfterFailure ?? "Nothing was changed"}; the worker's log has the time.");

    private static async Task<bool> ClaimAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_xact_lock({OneAtATime})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>
    /// A lane that asks nothing for a while is given up for dead, and the worker's connections are ended by that rule. An act is not: one that
    /// pours an extract into the inbox or into a shadow works on other connections for as long as that takes, and this one only holds its place.
    /// </summary>
    private static async Task WaitOnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Act?> NextAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select id, kind, about, args::text, account, name, organisation, why, asked_at
            from inbox.act where done_at is null order by asked_at, id limit 1 for update
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Act(
                reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), JsonElement.Parse(reader.GetString(3)),
                new Asker(reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.GetString(5), reader.GetString(6)),
                reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8))
            : null;
    }

    private async Task SettleAsync(NpgsqlConnection connection, Guid act, ActOutcome outcome, object answer, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "update inbox.act set done_at = $2, outcome = $3, answer = $4, tries = tries + 1 where id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = act });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ActDesk.NameOf(outcome) });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(answer, answer.GetType(), ActJson.Options),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Counts a broken attempt, on a connection of its own: the act's may be gone. The last one is the outcome.</summary>
    private async Task StumbleAsync(Act act, string kind, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            update inbox.act set tries = tries + 1,
              done_at = case when tries + 1 >= $2 then $3 end,
              outcome = case when tries + 1 >= $2 then 'failed' end,
              answer = case when tries + 1 >= $2 then $4 end
            where id = $1 and done_at is null
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = act.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostTries });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(Failure(_handlers.GetValueOrDefault(act.Kind), kind), ActJson.Options),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Saying(string Sentence);
}

using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The one statement that ends sessions; open pages of every portal process hear of it.</summary>
internal static class SessionRows
{
    /// <summary>Payload: the session's id.</summary>
    internal const string Channel = "session_ended";

    /// <summary>Of a session <c>s</c> that may still be used; the two parameters from <paramref name="first"/> on are <see cref="Limits"/>.</summary>
    internal static string IsOpen(int first) => $"s.ended_at is null and s.started_at >= ${first} and s.seen_at >= ${first + 1}";

    internal static object[] Limits(DateTimeOffset now) => [now - Sessions.AbsoluteLimit, now - Sessions.IdleLimit];

    /// <summary>The rest of a statement whose <c>ended</c> are the ids of those it ends.</summary>
    internal const string Tell = $"select pg_notify('{Channel}', id::text) from ended";

    /// <returns>False when it had ended already.</returns>
    internal static async Task<bool> EndAsync(AccessDatabase database, Guid session, DateTimeOffset now, CancellationToken cancel)
    {
        await using var end = database.Source.CreateCommand($"""
            with ended as (update access.session set ended_at = $2 where id = $1 and ended_at is null returning id) {Tell}
            """);
        end.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        end.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var ended = await end.ExecuteReaderAsync(cancel);
        return await ended.ReadAsync(cancel);
    }
}

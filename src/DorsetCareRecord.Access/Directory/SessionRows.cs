using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The one statement that ends sessions; open pages of every portal process hear of it.</summary>
internal static class SessionRows
{
    /// <summary>Payload: the session's id.</summary>
    internal const string Channel = "session_ended";

    internal static async Task EndAsync(AccessDatabase database, Guid session, DateTimeOffset now, CancellationToken cancel)
    {
        await using var end = database.Source.CreateCommand($"""
            with ended as (update access.session set ended_at = $2 where id = $1 and ended_at is null returning id)
            select pg_notify('{Channel}', id::text) from ended
            """);
        end.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session });
        end.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await end.ExecuteNonQueryAsync(cancel);
    }
}

using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>Tells failures of machinery, after which the next attempt may succeed, from failures of what was attempted.</summary>
internal static class Machinery
{
    /// <summary>
    /// By SQLSTATE class: 08 connection, 25 transaction state, 40 rollback (serialization, deadlock), 53 resources, 55 locks,
    /// 57 operator, 58 system.
    /// </summary>
    public static bool Failed(Exception e, CancellationToken cancellation) => e switch
    {
        PostgresException p => p.SqlState[..2] is "08" or "25" or "40" or "53" or "55" or "57" or "58",
        NpgsqlException or IOException or TimeoutException or OutOfMemoryException => true,
        OperationCanceledException => cancellation.IsCancellationRequested,
        _ => false,
    };

    /// <summary>The type only: an exception's words may hold a patient's.</summary>
    public static string KindOf(Exception e) => e is PostgresException p ? $"PostgresException {p.SqlState}" : e.GetType().Name;
}

using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>
/// The portal's connections, all as its own database role. Hosts pass it about but cannot query with it: what it opens
/// is known in this room only.
/// </summary>
public sealed class AccessDatabase : IAsyncDisposable
{
    private readonly string _listening;

    /// <param name="clock">Of the audit; the system's when not stated.</param>
    public AccessDatabase(string connectionString, TimeProvider? clock = null)
    {
        Clock = clock ?? TimeProvider.System;
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // A page runs the same dozen statements each time: parse them once a connection. Whoever asks must hear the answer out: a
            // token that fires while statements are being prepared leaves a connection that gives one statement's rows for another's (ADR 0027).
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            // Planning anew for each person costs more than the reading: every statement reaches its rows by an index of a person's own.
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off",
            // Nothing here outlives its transaction, so there is nothing to reset between two uses of a connection.
            NoResetOnClose = true,
            ApplicationName = "dcr-portal",
        };
        Source = NpgsqlDataSource.Create(settings);
        Audit = new AuditWriter(Source);
        // The record's own log is read by its own statements, which name no schema; few read it at once.
        Log = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(RecordSchema.WithSearchPath(settings.ConnectionString)) { MaxPoolSize = 8 });
        // Nothing is asked on it, so only a keepalive tells that the other end is gone.
        settings.KeepAlive = 10;
        settings.Pooling = false;
        settings.ApplicationName = "dcr-portal-changes";
        _listening = settings.ConnectionString;
    }

    internal NpgsqlDataSource Source { get; }

    internal AuditWriter Audit { get; }

    internal TimeProvider Clock { get; }
    internal NpgsqlDataSource Log { get; }

    /// <summary>
    /// Reads, and once again when the pooled connection turns out to have been ended while nobody used it: the database was started anew, a
    /// firewall forgot it. The whole pool is emptied first, for its others fared no better. Only for what writes nothing: of a write on such a
    /// connection nobody knows whether it came to be.
    /// </summary>
    internal async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (NpgsqlException fault) when (IsOfAnEndedConnection(fault))
        {
            Source.Clear();
            return await read();
        }
    }

    private static bool IsOfAnEndedConnection(NpgsqlException fault) => fault is PostgresException told
        ? told.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : fault.InnerException is IOException or System.Net.Sockets.SocketException;

    internal async Task<NpgsqlConnection> OpenListenerAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(_listening);
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>Throws when the database does not answer, or not to this role.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var command = Source.CreateCommand("select count(*) from access.organisation");
        await command.ExecuteScalarAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Source.DisposeAsync();
    }
}

using System.Globalization;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Simulator.Development;
using Npgsql;

namespace DorsetCareRecord.Faults.House;

/// <summary>
/// A durable PostgreSQL of the faults' own, which can be crashed and started again on the same port. Databases are clones of one template,
/// migrated once. It ends with this process.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private const string Template = "dcr_template";
    private const string RolePassword = "for-faults-only";
    private const string WorkerRole = "dcr_worker";
    private readonly EmbeddedPostgresOptions _options;
    private EmbeddedPostgres _postgres;
    private int _databases;

    private Server(EmbeddedPostgresOptions options, EmbeddedPostgres postgres) => (_options, _postgres) = (options, postgres);

    public static async Task<Server> StartAsync(CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"dcr-faults-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        var options = new EmbeddedPostgresOptions
        {
            DataFolder = Path.Combine(folder, "data"),
            LogFile = Path.Combine(folder, "log"),
            Settings = new Dictionary<string, string> { ["max_wal_size"] = "4GB", ["shared_buffers"] = "128MB" },
        };
        var server = new Server(options, await EmbeddedPostgres.StartAsync(options, cancel));
        await server.PrepareAsync();
        return server;
    }

    public async Task<Database> CreateDatabaseAsync()
    {
        var name = $"fault_{Interlocked.Increment(ref _databases)}";
        await RunAsync($"create database {name} template {Template}");
        return new Database(name, _postgres.ConnectionString(name), _postgres.ConnectionString(name, WorkerRole, RolePassword));
    }

    public Task DropAsync(Database database)
    {
        NpgsqlConnection.ClearAllPools();
        return RunAsync($"drop database if exists {database.Name} with (force)");
    }

    /// <summary>What <c>pg_ctl stop -m immediate</c> does: every process ends at once, nothing is written; the next start recovers.</summary>
    public async Task CrashAsync()
    {
        var file = Path.Combine(EmbeddedPostgres.PlaceOf(_options.DataFolder), "postmaster.pid");
        var process = int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
        Signal.Send("QUIT", process);
        await _postgres.Stopped;
    }

    /// <summary>Starts it again where it was.</summary>
    public async Task StartAgainAsync(CancellationToken cancel)
    {
        var port = _postgres.Port;
        await _postgres.DisposeAsync();
        _postgres = await EmbeddedPostgres.StartAsync(_options with { Port = port }, cancel);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Ends every connection to a database but the caller's own.</summary>
    public async Task<long> TerminateBackendsAsync(Database database)
    {
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity where datname = $1", connection)
        { Parameters = { new() { Value = database.Name } } };
        var ended = (long)(await command.ExecuteScalarAsync())!;
        // Those in this process's own pool are among them, and it would learn so only from the next who is given one.
        NpgsqlConnection.ClearAllPools();
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        var place = Path.GetDirectoryName(EmbeddedPostgres.PlaceOf(_options.DataFolder))!;
        foreach (var folder in (string[])[Path.GetDirectoryName(_options.DataFolder)!, place])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private async Task PrepareAsync()
    {
        // The roles belong to the cluster, not to a database; migrations find them and grant.
        foreach (var role in (string[])[WorkerRole, "dcr_portal"])
            await RunAsync($"create role {role} login password '{RolePassword}'");
        await RunAsync($"create database {Template}");
        var owner = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString(Template)) { Pooling = false }.ConnectionString;
        await InboxSchema.MigrateAsync(owner);
        await RecordSchema.MigrateAsync(owner);
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_postgres.ConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database of one fault.</summary>
/// <param name="Owner">Connection string of the owner.</param>
/// <param name="Worker">Connection string of <c>dcr_worker</c>.</param>
internal sealed record Database(string Name, string Owner, string Worker);

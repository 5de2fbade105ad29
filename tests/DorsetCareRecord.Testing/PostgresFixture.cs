using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Simulator.Development;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Testing;

/// <summary>
/// One real PostgreSQL for a test assembly, and as many databases in it as its classes want. One line in the test project:
/// <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>; then take it in a constructor.
/// </summary>
/// <remarks>
/// Migrations run once for each list of steps, into a template; a class gets a clone of it in tens of milliseconds. Steps are told
/// apart as delegates are: a method group or a lambda without captured variables is the same each time its line is reached.
/// </remarks>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static readonly Func<string, Task>[] s_everything =
    [
        owner => InboxSchema.MigrateAsync(owner),
        owner => RecordSchema.MigrateAsync(owner),
        owner => AccessSchema.MigrateAsync(owner),
    ];

    private readonly SemaphoreSlim _door = new(1);
    private readonly List<(Func<string, Task>[] Steps, Task<string> Template)> _templates = [];
    private readonly string _folder = Path.Combine(Roomy(), $"dcr-tests-{Guid.NewGuid():n}");
    private EmbeddedPostgres? _server;
    private int _count;

    private EmbeddedPostgres Server => _server ?? throw new InvalidOperationException("The fixture has not been started by the runner.");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        _server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions
        {
            DataFolder = Path.Combine(_folder, "data"),
            LogFile = Path.Combine(_folder, "log"),
            Durable = false,
            EraseWhenStopped = true,
        });
        // The roles belong to the cluster, not to a database; migrations find them and grant.
        foreach (var role in (string[])[TestDatabase.WorkerRole, TestDatabase.PortalRole])
            await RunAsync($"create role {role} login password '{TestDatabase.RolePassword}'");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _door.Dispose();
    }

    /// <summary>A new database that the steps have migrated; each step gets the owner's connection string.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(params Func<string, Task>[] steps)
    {
        var template = await TemplateAsync(steps);
        var name = $"test_{Interlocked.Increment(ref _count)}";
        await RunAsync($"create database {name} template {template} strategy file_copy");
        return new TestDatabase(Server, name);
    }

    /// <summary>A new database with every schema of the house: inbox, record and access, in the order production migrates them. The
    /// test project must itself refer to Feeds, Projection and Access, for references do not travel in this house.</summary>
    public Task<TestDatabase> CreateFullDatabaseAsync() => CreateDatabaseAsync(s_everything);

    private async Task<string> TemplateAsync(Func<string, Task>[] steps)
    {
        Task<string> template;
        await _door.WaitAsync();
        try
        {
            template = _templates.FirstOrDefault(t => t.Steps.SequenceEqual(steps)).Template;
            if (template is null)
                _templates.Add((steps, template = MigrateTemplateAsync($"template_{_templates.Count}", steps)));
        }
        finally
        {
            _door.Release();
        }

        return await template;
    }

    private async Task<string> MigrateTemplateAsync(string name, Func<string, Task>[] steps)
    {
        await RunAsync($"create database {name}");
        // Without a pool, so that no connection holds the template when it is copied.
        var owner = new NpgsqlConnectionStringBuilder(Server.ConnectionString(name)) { Pooling = false }.ConnectionString;
        foreach (var step in steps)
            await step(owner);
        return name;
    }

    /// <summary>In memory where there is room: nothing of a test outlives it, and making a database is mostly making files.</summary>
    private static string Roomy()
    {
        const string memory = "/dev/shm";
        const long wanted = 4L << 30;
        try
        {
            return Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace >= wanted ? memory : Path.GetTempPath();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Path.GetTempPath();
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

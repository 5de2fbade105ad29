using Npgsql;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>The record's database: the one <c>DCR_DATABASE</c> names, else a private PostgreSQL under <c>.local</c>.</summary>
internal sealed class HouseDatabase : IAsyncDisposable
{
    private const string Name = "dcr";
    private readonly EmbeddedPostgres? _server;

    private HouseDatabase(string owner, EmbeddedPostgres? server) => (Owner, _server) = (owner, server);

    /// <summary>Connection string of the owner.</summary>
    public string Owner { get; }

    public bool IsPrivate => _server is not null;

    /// <summary>For people and for the note of what was loaded: no password.</summary>
    public string Place
    {
        get
        {
            if (IsPrivate)
                return "private";
            var parts = new NpgsqlConnectionStringBuilder(Owner);
            return $"{parts.Host}:{parts.Port}/{parts.Database}";
        }
    }

    public Task Stopped => _server?.Stopped ?? Task.Delay(Timeout.Infinite);

    public static async Task<HouseDatabase> OpenAsync(LocalState state, CancellationToken cancel)
    {
        if (HouseSettings.Given("DCR_DATABASE") is { } given)
            return new HouseDatabase(await ReachAsync(given, cancel), server: null);

        var server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { DataFolder = state.Postgres, LogFile = state.Log("postgres") }, cancel);
        try
        {
            await CreateAsync(server, cancel);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return new HouseDatabase(server.ConnectionString(Name), server);
    }

    /// <summary>The connection string of one of the two roles.</summary>
    public string For(string role, string password) =>
        new NpgsqlConnectionStringBuilder(Owner) { Username = role, Password = password }.ConnectionString;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<string> ReachAsync(string given, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(given);
            await connection.OpenAsync(cancel);
            return given;
        }
        catch (ArgumentException fault)
        {
            throw new DevelopmentException("DCR_DATABASE is not a connection string (Host=...;Database=...;Username=...;Password=...).", fault);
        }
        catch (NpgsqlException fault)
        {
            throw new DevelopmentException($"The database that DCR_DATABASE names does not answer: {fault.Message}", fault);
        }
    }

    private static async Task CreateAsync(EmbeddedPostgres server, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString());
        await using var ask = source.CreateCommand($"select 1 from pg_database where datname = '{Name}'");
        if (await ask.ExecuteScalarAsync(cancel) is not null)
            return;
        await using var make = source.CreateCommand($"create database {Name}");
        await make.ExecuteNonQueryAsync(cancel);
    }
}

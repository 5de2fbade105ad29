using DorsetCareRecord.Simulator.Development;
using Npgsql;

namespace DorsetCareRecord.Testing;

/// <summary>A database of one test class: as its owner, and as the two roles that production uses. Dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string WorkerRole = "dcr_worker";
    public const string PortalRole = "dcr_portal";

    /// <summary>Of both roles; the server listens on loopback for the length of one test run.</summary>
    public const string RolePassword = "for-tests-only";

    private readonly EmbeddedPostgres _server;

    internal TestDatabase(EmbeddedPostgres server, string name)
    {
        _server = server;
        Name = name;
        Owner = server.ConnectionString(name);
        Worker = server.ConnectionString(name, WorkerRole, RolePassword);
        Portal = server.ConnectionString(name, PortalRole, RolePassword);
    }

    public string Name { get; }

    /// <summary>Connection string of the owner, who migrates.</summary>
    public string Owner { get; }

    /// <summary>Connection string of <c>dcr_worker</c>.</summary>
    public string Worker { get; }

    /// <summary>Connection string of <c>dcr_portal</c>.</summary>
    public string Portal { get; }

    /// <summary>An open connection of the owner.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Owner);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var text in (string[])[Owner, Worker, Portal])
        {
            await using var pool = new NpgsqlConnection(text);
            NpgsqlConnection.ClearPool(pool);
        }

        await using var connection = new NpgsqlConnection(_server.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop database if exists {Name} with (force)", connection);
        await command.ExecuteNonQueryAsync();
    }
}

using Npgsql;

namespace DorsetCareRecord.Access.Directory;

/// <summary>
/// The portal's connections, all as its own database role. Hosts pass it about but cannot query with it: what it opens
/// is known in this room only.
/// </summary>
public sealed class AccessDatabase : IAsyncDisposable
{
    public AccessDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // A page runs the same dozen statements each time: parse them once a connection.
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            ApplicationName = "dcr-portal",
        };
        Source = NpgsqlDataSource.Create(settings);
    }

    internal NpgsqlDataSource Source { get; }

    /// <summary>Throws when the database does not answer, or not to this role.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var command = Source.CreateCommand("select count(*) from access.organisation");
        await command.ExecuteScalarAsync(cancel);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

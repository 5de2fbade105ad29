using DorsetCareRecord.Feeds.Desk.Acts;
using Npgsql;

namespace DorsetCareRecord.Portal.Desks;

/// <summary>The desks' few connections, apart from the readers': an operator's search never makes a clinician wait.</summary>
internal sealed class DeskDatabase : IAsyncDisposable
{
    internal DeskDatabase(string connectionString)
    {
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 4,
            ApplicationName = "dcr-portal-desk",
        });
        Acts = new ActDesk(Source);
    }

    internal NpgsqlDataSource Source { get; }

    internal ActDesk Acts { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DorsetCareRecord.Feeds.Inbox;

/// <summary>
/// Keeps the inbox's months ahead of the calendar, daily. Without it messages would go to the default partition, which works
/// as well and cannot be split afterwards.
/// </summary>
public sealed class PartitionsAhead(NpgsqlDataSource database, TimeProvider time, ILogger<PartitionsAhead> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var daily = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
        {
            try
            {
                await AddAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                log.LogWarning("The inbox's next months could not be made ready: {Kind}. Tried again tomorrow.", e.GetType().Name);
            }
        }
        while (await daily.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AddAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select inbox.add_partitions()");
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

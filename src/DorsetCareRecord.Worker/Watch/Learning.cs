using DorsetCareRecord.Feeds.Desk;
using Npgsql;

namespace DorsetCareRecord.Worker.Watch;

/// <summary>Keeps the hourly counts up to date, and learns once a day what is usual.</summary>
internal sealed class Learning(NpgsqlDataSource database, TimeProvider time, ILogger<Learning> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Anew = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var learnt = DateTimeOffset.MinValue;
        using var beat = new PeriodicTimer(Beat, time);
        do
        {
            try
            {
                await Baseline.CountAsync(database, time.GetUtcNow(), stoppingToken);
                if (time.GetUtcNow() - learnt < Anew)
                    continue;
                await Baseline.LearnAsync(database, time.GetUtcNow(), stoppingToken);
                learnt = time.GetUtcNow();
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                logger.LogWarning("What is usual could not be learnt now: {Why}", e.GetType().Name);
            }
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }
}

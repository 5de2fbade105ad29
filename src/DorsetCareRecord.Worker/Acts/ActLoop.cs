using DorsetCareRecord.Feeds.Desk.Acts;
using Npgsql;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Does what people ask for as soon as they ask: hears of it through PostgreSQL, and looks now and then in case it did not.</summary>
internal sealed class ActLoop(ActRunner runner, NpgsqlDataSource database, TimeProvider time, ILogger<ActLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever broke, what was asked still waits; the loop must outlive it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogWarning("What was asked for could not be done yet and is tried again: {Why}",
                    e is PostgresException p ? $"PostgresException {p.SqlState}" : e.GetType().Name);
                await Task.WhenAny(Task.Delay(Look, time, stoppingToken));
            }
        }
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using (var listen = new NpgsqlCommand("listen inbox_act", connection))
            await listen.ExecuteNonQueryAsync(stop);
        while (true)
        {
            while (await runner.RunNextAsync(stop))
            {
            }

            await connection.WaitAsync(Look, stop);
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DorsetCareRecord.Worker.Hosting;

/// <summary>
/// Ready means: the database answers, migrated, and to our own role. With a message waiting longer than a minute the record is behind its
/// sources (those of a paused one wait because somebody said so), which is said ("Degraded") but is no reason to send messages elsewhere.
/// </summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("""
                select (
                  select w.received_at from inbox.waiting w
                  where not exists (select from inbox.pause p where p.source = w.source and p.ended_at is null)
                  order by w.message_id limit 1), exists (select 1 from record.person)
                """);
            // Heard out, whoever asked and left: breaking off while statements are prepared spoils the connection (ADR 0027).
            return await command.ExecuteScalarAsync(CancellationToken.None) is DateTime oldest && time.GetUtcNow() - oldest > Behind
                ? HealthCheckResult.Degraded("messages wait")
                : HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(fault.GetType().Name);
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DorsetCareRecord.Worker.Hosting;

/// <summary>Ready means: the database answers, migrated, and to our own role.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select exists (select 1 from inbox.waiting), exists (select 1 from record.person)");
            await command.ExecuteNonQueryAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(fault.GetType().Name);
        }
    }
}

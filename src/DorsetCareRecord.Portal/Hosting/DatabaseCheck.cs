using DorsetCareRecord.Access.Directory;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>Ready means: the database answers, migrated, and to our own role.</summary>
internal sealed class DatabaseCheck(AccessDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.CheckAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(fault.GetType().Name);
        }
    }
}

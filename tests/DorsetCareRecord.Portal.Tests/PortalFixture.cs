using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>One open portal for the tests of a class.</summary>
public sealed class PortalFixture(PostgresFixture postgres) : IAsyncLifetime
{
    internal OpenPortal Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Portal = await OpenPortal.BeginAsync(postgres);

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

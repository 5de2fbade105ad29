using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>PostgreSQL was started anew, or somebody ended a connection nobody was using: the next request must not pay for it.</summary>
public sealed class EndedConnectionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_the_pooled_connections_were_ended_then_a_session_is_still_admitted()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        await EndConnectionsAsync();

        var admission = await new Sessions(_house.Access, _house.Clock).AdmitAsync(viewer.Session, isActivity: true, Cancel);

        Assert.IsType<Admission.Admitted>(admission);
    }

    [Fact]
    public async Task When_the_pooled_connections_were_ended_then_a_record_opens_with_one_note()
    {
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch");
        Assert.IsType<Opening.Opened>(await _house.OpenAsync(viewer, _edith, Errand.Results));
        await EndConnectionsAsync();

        var opening = await _house.OpenAsync(viewer, _edith, Errand.Summary);

        await Assert.IsType<Opening.Opened>(opening).Lens.ReadAsync(Cancel);
        Assert.Equal("2", await _house.AskAsync("select count(*) from access.audit where action = 'view'"));
    }

    private async Task EndConnectionsAsync()
    {
        Assert.NotEqual("0", await _house.AskAsync("""
            select count(pg_terminate_backend(pid, 30000)) from pg_stat_activity
            where datname = current_database() and application_name = 'dcr-portal'
            """));
    }
}

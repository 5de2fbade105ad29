using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn.Providers;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Development.SignIn;
using DorsetCareRecord.Testing;
using Microsoft.AspNetCore.Builder;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>
/// Portals before one provider that may be hostile: real sockets, the real database with its demo directory and one record. A
/// portal is opened once for each way to be set up. Tests take turns: what the provider says is theirs for as long as they run.
/// </summary>
public sealed class SignInHouse(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly Dictionary<string, (WebApplication App, Uri Address)> _open = [];

    public TestDatabase Database { get; private set; } = null!;

    internal StrangeProvider Provider { get; private set; } = null!;

    /// <summary>The person of <see cref="EdithsRecord"/>, known to Dorset County Hospital.</summary>
    public Guid Edith { get; private set; }

    /// <summary>Somebody restricted, at the same hospital.</summary>
    public Guid Hidden { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateFullDatabaseAsync();
        await using (var directory = File.OpenRead(DemoDirectory.File))
            await DirectoryFile.ImportAsync(Database.Owner, directory, TimeProvider.System);
        var told = new Told(Database);
        await new EdithsRecord(TimeProvider.System.GetUtcNow()).TellAsync(told);
        Edith = await told.PersonOfAsync(SourceCodes.Gp, EdithsRecord.GpNumber);
        await told.SayAsync(SourceCodes.SystemC, "D-hidden", Told.State(Demographics.Key, Told.Demographics(Cast.Thomas) with { Restricted = true },
            TimeProvider.System.GetUtcNow()));
        Hidden = await told.PersonOfAsync(SourceCodes.SystemC, "D-hidden");
        Provider = await StrangeProvider.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, _) in _open.Values)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await Provider.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A portal whose providers speak these dialects; its provider is honest again.</summary>
    internal Task<Uri> OpenAsync(params string[] kinds) =>
        OpenAsync(string.Join(' ', kinds), pace: 0, [.. kinds.Select((kind, i) => Named(kind, i + 1))]);

    internal async Task<Uri> OpenAsync(string name, double pace, params ProviderSettings[] providers)
    {
        Provider.BeHonest();
        if (_open.TryGetValue(name, out var open))
            return open.Address;
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var app = PortalHost.Build(new Settings { Database = Database.Portal, Listen = address, Providers = providers, Pace = pace });
        await app.StartAsync();
        _open[name] = (app, address);
        return address;
    }

    /// <summary>The one provider, as one that speaks so.</summary>
    internal ProviderSettings Named(string kind, int number = 1)
    {
        var dialect = Dialect.Find(kind)!;
        return new ProviderSettings
        {
            Number = number, Name = $"{kind} {number}", Dialect = dialect, Authority = Provider.Address, ClientId = "dcr-portal",
            Strengths = (dialect.DefaultStrengths ?? ProviderSettings.Cis2Strengths).Split(' ').ToHashSet(),
        };
    }

    /// <summary>Asks the database as its owner.</summary>
    public async Task<string?> AskAsync(string sql)
    {
        await using var connection = await Database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}

[CollectionDefinition(Name)]
public sealed class SignInCollection : ICollectionFixture<SignInHouse>
{
    internal const string Name = "before a provider";
}

using System.Text;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Feeds.Tests.Inbox;

/// <summary>An inbox of its own, with the right of the worker's role and no more.</summary>
internal sealed class InboxRoom : IAsyncDisposable
{
    private readonly TestDatabase _test;

    private InboxRoom(TestDatabase test)
    {
        _test = test;
        Database = NpgsqlDataSource.Create(test.Worker);
        Inbox = new Feeds.Inbox.Inbox(Database, TimeProvider.System, Signal);
        Lanes = new Lanes(Database, TimeProvider.System);
        Desk = new InboxDesk(Database);
    }

    public NpgsqlDataSource Database { get; }
    public WaitingSignal Signal { get; } = new();
    public Feeds.Inbox.Inbox Inbox { get; }
    public Lanes Lanes { get; }
    public InboxDesk Desk { get; }
    public string WorkerDatabase => _test.Worker;
    public string PortalDatabase => _test.Portal;

    public static async Task<InboxRoom> OpenAsync(PostgresFixture postgres) =>
        new(await postgres.CreateDatabaseAsync(MigrateAsync));

    public static Task MigrateAsync(string owner) => InboxSchema.MigrateAsync(owner);

    public Task<long> AcceptAsync(
        string body, string? controlId = null, string patient = "D1000001", string source = SourceCodes.SystemC, string? scope = "A|B") =>
        Inbox.AcceptAsync(
            new Delivery
            {
                Source = source,
                Format = Formats.Hl7v2,
                Body = Encoding.UTF8.GetBytes(body),
                ControlId = controlId,
                ControlScope = scope,
                Patient = patient,
            },
            TestContext.Current.CancellationToken);

    public async Task<Drained> DrainAllAsync(ILaneWork work)
    {
        var total = default(Drained);
        while (await Lanes.DrainOneAsync(work, TestContext.Current.CancellationToken) is { Messages: > 0 } one)
        {
            total = new Drained(total.Applied + one.Applied, total.NoConcern + one.NoConcern,
                total.Duplicates + one.Duplicates, total.Parked + one.Parked);
        }

        return total;
    }

    public async Task<SourceCounts> CountAsync(string source = SourceCodes.SystemC) =>
        (await Desk.CountAsync(TestContext.Current.CancellationToken)).Single(c => c.Source == source);

    public Task<NpgsqlConnection> OwnerAsync() => _test.OpenAsync();

    /// <summary>One value, asked as the owner.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await OwnerAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Inbox.DisposeAsync();
        await Database.DisposeAsync();
        await _test.DisposeAsync();
    }
}

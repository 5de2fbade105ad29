using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests;

/// <summary>A database with the record's tables, the directory, and the portal's own connection to it.</summary>
internal sealed class ReadingHouse : IAsyncDisposable
{
    private ReadingHouse(TestDatabase database) => (Database, Access, Told) = (database, new AccessDatabase(database.Portal), new Told(database));

    internal TestDatabase Database { get; }

    internal AccessDatabase Access { get; }

    internal Told Told { get; }

    internal Door Door => new(Access, TimeProvider.System);

    internal PersonSearch Search => new(Access);

    internal static async Task<ReadingHouse> BeginAsync(PostgresFixture postgres)
    {
        var database = await postgres.CreateDatabaseAsync(MigrateRecord, Setup.Access);
        await Setup.ImportAsync(database, Setup.Directory);
        return new ReadingHouse(database);
    }

    /// <summary>Edith with everything, and her id.</summary>
    internal async Task<Guid> TellEdithAsync()
    {
        await new EdithsRecord(TimeProvider.System.GetUtcNow()).TellAsync(Told);
        return await Told.PersonOfAsync(SourceCodes.Gp, EdithsRecord.GpNumber);
    }

    internal async Task<Opening> OpenAsync(string user, Guid person, Errand errand) =>
        await Door.OpenAsync(await Setup.SignInAsync(Access, user), person, Purpose.DirectCare, errand,
            Setup.Here, TestContext.Current.CancellationToken);

    internal async Task<RecordView> ReadAsync(string user, Guid person, Errand? errand = null)
    {
        var opened = Assert.IsType<Opening.Opened>(
            await OpenAsync(user, person, errand ?? Errand.Summary));
        return await opened.Lens.ReadAsync(TestContext.Current.CancellationToken);
    }

    internal Task<string?> AskAsync(string sql) => Setup.TextAsync(Database.Owner, sql);

    public async ValueTask DisposeAsync()
    {
        await Access.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static Task MigrateRecord(string owner) => RecordSchema.MigrateAsync(owner);
}

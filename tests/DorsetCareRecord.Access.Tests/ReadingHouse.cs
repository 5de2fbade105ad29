using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DorsetCareRecord.Access.Tests;

/// <summary>A database with the record's tables, the directory, and the portal's own connection to it.</summary>
internal sealed class ReadingHouse : IAsyncDisposable
{
    private ReadingHouse(TestDatabase database)
    {
        (Database, Access, Told) = (database, new AccessDatabase(database.Portal), new Told(database));
        _book = new PolicyBook(Access);
    }

    internal TestDatabase Database { get; }

    internal AccessDatabase Access { get; }

    internal Told Told { get; }

    private readonly PolicyBook _book;

    internal FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    internal Door Door => new(Access, _book, Clock);

    internal PersonSearch Search => new(Access, _book, Clock);

    internal Reception Reception => new(Access, Door, Clock);

    internal static async Task<ReadingHouse> BeginAsync(PostgresFixture postgres)
    {
        var database = await postgres.CreateDatabaseAsync(MigrateInbox, MigrateRecord, Setup.Access);
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
        await OpenAsync(await Setup.SignInAsync(Access, user), person, errand);

    internal Task<Opening> OpenAsync(Viewer viewer, Guid person, Errand errand) =>
        Door.OpenAsync(viewer, person, Purposes.Of(viewer.Role), errand, Setup.Here, TestContext.Current.CancellationToken);

    /// <summary>Opens, saying why where that is asked.</summary>
    internal async Task<RecordLens> OpenWithReasonAsync(Viewer viewer, Guid person, Errand errand)
    {
        if (await OpenAsync(viewer, person, errand) is Opening.ReasonNeeded asked)
            Assert.Equal(Declared.Open, await SayAsync(viewer, person, asked.Asking));
        return Assert.IsType<Opening.Opened>(await OpenAsync(viewer, person, errand)).Lens;
    }

    internal Task<Declared> SayAsync(Viewer viewer, Guid person, Asking asking, bool seal = false) =>
        Reception.SayAsync(viewer, person, Purposes.Of(viewer.Role), seal || asking == Asking.Seal, Reasons.For(asking)[0].Code,
            "Needed for the care I give now", Setup.Here, TestContext.Current.CancellationToken);

    internal async Task<RecordView> ReadAsync(string user, Guid person, Errand? errand = null)
    {
        var lens = await OpenWithReasonAsync(await Setup.SignInAsync(Access, user), person, errand ?? Errand.Summary);
        return await lens.ReadAsync(TestContext.Current.CancellationToken);
    }

    internal Task<string?> AskAsync(string sql) => Setup.TextAsync(Database.Owner, sql);

    public async ValueTask DisposeAsync()
    {
        await Access.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static Task MigrateInbox(string owner) => InboxSchema.MigrateAsync(owner);

    private static Task MigrateRecord(string owner) => RecordSchema.MigrateAsync(owner);
}

using System.Text;
using System.Text.Json;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Relationships;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Files.Migration;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Simulator.County.Cutover;
using DorsetCareRecord.Testing;
using DorsetCareRecord.Worker.Acts;
using DorsetCareRecord.Worker.Commands;
using DorsetCareRecord.Worker.Drain;
using Npgsql;
using Xunit;
using Difference = DorsetCareRecord.Projection.Verifying.Difference;
using Asking = DorsetCareRecord.Access.Relationships.Asking;
using Asked = DorsetCareRecord.Feeds.Desk.Acts.Cutover;

namespace DorsetCareRecord.Worker.Tests.Cutover;

/// <summary>
/// A county whose Camis is about to be replaced: real database and roles, real adapters, lanes and acts, and the pages as a clinician would
/// be shown them. Time stands still until a test moves it.
/// </summary>
internal sealed class CutoverHouse : IAsyncDisposable
{
    public const int People = 60;
    public static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly Origin Here = new("127.0.0.1", "test");

    private readonly TestDatabase _database;
    private readonly AccessDatabase _access;
    private readonly PolicyBook _book;
    private Viewer? _clinician;
    private readonly HeldClock _clock = new();
    private readonly Lanes _lanes;
    private readonly Inbox _inbox;
    private readonly ActRunner _runner;

    private CutoverHouse(TestDatabase database, CutoverPlay play)
    {
        (_database, Play) = (database, play);
        Source = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(database.Worker));
        _access = new AccessDatabase(database.Portal);
        _book = new PolicyBook(_access);
        _lanes = new Lanes(Source, _clock);
        _inbox = new Inbox(Source, _clock, new WaitingSignal());
        _runner = new ActRunner(
            Source, [new TakeCutoverStep(() => RecordSchema.WithSearchPath(database.Worker), () => Folder, _clock), new RuleOnMatch(_clock)], _clock);
    }

    public NpgsqlDataSource Source { get; }

    public CutoverPlay Play { get; private set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("dcr-cutover-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Camis has told everything, and its migration team has handed over its files.</summary>
    public static async Task<CutoverHouse> OpenAsync(PostgresFixture postgres, CutoverFaults? faults = null)
    {
        var database = await postgres.CreateDatabaseAsync(MigrateInbox, MigrateRecord, MigrateAccess);
        await using (var directory = new MemoryStream(Encoding.UTF8.GetBytes(Staff)))
            await DirectoryFile.ImportAsync(database.Owner, directory, TimeProvider.System);
        var house = new CutoverHouse(database, new CutoverPlay(5, People, Today, faults));
        await house.Play.WriteAsync(house.Folder, Cancel);
        await house.TellAsync(SourceCodes.Camis, house.Play.Camis());
        return house;
    }

    /// <summary>The migration team delivers again.</summary>
    public async Task DeliverAsync(CutoverFaults faults)
    {
        Play = new CutoverPlay(5, People, Today, faults);
        await Play.WriteAsync(Folder, Cancel);
    }

    /// <summary>Messages come by the source's own line, and are worked.</summary>
    public async Task TellAsync(string source, IEnumerable<ReadOnlyMemory<byte>> messages)
    {
        var folder = Directory.CreateTempSubdirectory("dcr-told-").FullName;
        await using (var file = File.Create(Path.Combine(folder, "told.hl7")))
        {
            foreach (var message in messages)
            {
                await file.WriteAsync(message, Cancel);
                await file.WriteAsync("\r"u8.ToArray(), Cancel);
            }
        }

        foreach (var chunk in new MigrationExtract(folder, source).Deliveries().Chunk(200))
            await Task.WhenAll(chunk.Select(delivery => _inbox.AcceptAsync(delivery with { Load = null }, Cancel)));
        Directory.Delete(folder, recursive: true);
        await DrainAsync();
    }

    public Task TellAsync(string source, params string[] messages) =>
        TellAsync(source, messages.Select(m => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(m.ReplaceLineEndings("\r"))));

    /// <summary>Somebody lies in a ward: Camis says so, and so does the extract, under the new visit number.</summary>
    public async Task AdmitAsync(string patient, string number)
    {
        await TellAsync(SourceCodes.Camis, $"""
            MSH|^~\&|CAMIS|RDZ|DCR|DORSET|20261122090000||ADT^A01|ADMIT1|P|2.3
            EVN|A01|20261122090000
            PID|1|{number}|{patient}^^^RDZ^PAS
            PV1|1|I|W7^^^RDZ|21||||||300|||||||||OPEN7|||||||||||||||||||||||||20261122090000
            """);
        var admitted = $"""
            MSH|^~\&|CARECENTRIC|RDZ|DCR|DORSET|20261122090000||ADT^A01^ADT_A01|CCADMIT1|P|2.4
            EVN|A01|20261122090000
            PID|1||{CutoverPlay.NewPatient(patient)}^^^RDZ^MR~{number}^^^NHS^NH
            PV1|1|I|W7^^^RDZ|21||||||300|||||||||CCOPEN7^^^RDZ^VN|||||||||||||||||||||||||20261122090000
            """;
        await File.WriteAllTextAsync(Path.Combine(Folder, "extract", "ward.hl7"), admitted.ReplaceLineEndings("\r") + "\r", Cancel);
        await File.AppendAllTextAsync(Path.Combine(Folder, "crosswalk", "visits.csv"), "OPEN7,CCOPEN7\r\n", Cancel);
    }

    public async Task DrainAsync()
    {
        _clock.Now = _clock.Now.AddMinutes(1);
        var work = new LaneWork(new Projector(), new ExtractGuard(CollapseSettings.From(_ => null)));
        while ((await _lanes.DrainOneAsync(work, Cancel)).Messages > 0)
        {
        }
    }

    /// <summary>Takes a step as an operator would; what it said when done, or the refusal.</summary>
    public async Task<(ActOutcome Outcome, string Said)> StepAsync(CutoverStepName step, string? role = null, string? name = null)
    {
        _clock.Now = _clock.Now.AddMinutes(1);
        var id = Guid.NewGuid();
        var desk = new ActDesk(Source);
        await desk.AskAsync(id, Asked.Kind, CutoverPlan.Bournemouth.Id, new Asked.Args(CutoverPlan.Bournemouth.Id, step, role, name),
            new Asker(null, "Olive Operator", "ccg"), "a rehearsal", Cancel);
        while (await _runner.RunNextAsync(Cancel))
        {
        }

        var act = (await desk.FindAsync(id, Cancel))!;
        return (act.Outcome!.Value, act.AnswerAs<Asked.Answer>()?.Sentence ?? act.Sentence!);
    }

    public async Task TakeAsync(params CutoverStepName[] steps)
    {
        foreach (var step in steps)
        {
            if (step == CutoverStepName.Sign)
            {
                foreach (var (role, name) in ((string, string)[])[("safety", "Dr Vane"), ("old-owner", "L Trask"), ("new-owner", "D Amey"), ("feeds", "J Okafor")])
                    Assert.Equal((ActOutcome.Done, "The comparison is signed."), await StepAsync(step, role, name));
                continue;
            }

            var (outcome, said) = await StepAsync(step);
            Assert.True(outcome == ActOutcome.Done, said);
            await DrainAsync();
        }
    }

    /// <summary>Everything up to the switch.</summary>
    public Task PrepareAsync() => TakeAsync(
        CutoverStepName.Announce, CutoverStepName.Crosswalk, CutoverStepName.Compare, CutoverStepName.Sign, CutoverStepName.Drain, CutoverStepName.Backload);

    public async Task<CutoverState> StateAsync()
    {
        await using var connection = await Source.OpenConnectionAsync(Cancel);
        return await CutoverReader.ReadAsync(connection, CutoverPlan.Bournemouth, Cancel);
    }

    /// <summary>Everybody's pages as a clinician is shown them, as one text.</summary>
    public async Task<string> PagesAsync()
    {
        var pages = new StringBuilder();
        foreach (var person in await PersonsAsync())
            pages.AppendLine(JsonSerializer.Serialize(await PageAsync(person), Options));
        return pages.ToString();
    }

    /// <summary>A summary, with a reason given where one is asked for.</summary>
    public async Task<RecordView> PageAsync(Guid person)
    {
        var clock = new HeldClock();
        var door = new Door(_access, _book, clock);
        _clinician ??= Assert.IsType<Admission.Admitted>(
            await new Sessions(_access, clock).BeginAsync(new Assertion("https://provider.test", "clinician.rbch", null, null, null), Here, Cancel)).Viewer;
        var opening = await OpenAsync(door, person);
        if (opening is Opening.ReasonNeeded asked)
        {
            Assert.Equal(Declared.Open, await new Reception(_access, door, clock).SayAsync(
                _clinician, person, Purpose.DirectCare, seal: asked.Asking == Asking.Seal, Reasons.For(asked.Asking)[0].Code,
                "Needed for the care I give now", Here, Cancel));
            opening = await OpenAsync(door, person);
        }

        return await Assert.IsType<Opening.Opened>(opening).Lens.ReadAsync(Cancel);
    }

    private Task<Opening> OpenAsync(Door door, Guid person) =>
        door.OpenAsync(_clinician!, person, Purpose.DirectCare, Errand.Summary, Here, Cancel);

    public async Task<IReadOnlyList<Guid>> PersonsAsync()
    {
        await using var command = Source.CreateCommand("select distinct person_id from shown_link order by 1");
        await using var row = await command.ExecuteReaderAsync(Cancel);
        var persons = new List<Guid>();
        while (await row.ReadAsync(Cancel))
            persons.Add(row.GetGuid(0));
        return persons;
    }

    /// <summary>Who a patient of a source is now.</summary>
    public async Task<Guid> PersonOfAsync(string source, string localId)
    {
        await using var command = Source.CreateCommand("""
            select l.person_id from identifier i join person_link l on l.identity_id = i.identity_id and l.ended_at is null
            where i.source = $1 and i.local_id = $2
            """);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = localId });
        return (Guid)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async Task<IReadOnlyList<Difference>> VerifyAsync() =>
        (await Verifier.RunAsync(RecordSchema.WithSearchPath(_database.Worker), Replaying.Inbox, null, Cancel)).Differences;

    public Task<Rebuilding> RebuildAsync() =>
        Rebuilder.RunAsync(RecordSchema.WithSearchPath(_database.Worker), Replaying.Inbox, null, _clock, Cancel);

    public async ValueTask DisposeAsync()
    {
        await _inbox.DisposeAsync();
        await _access.DisposeAsync();
        await Source.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private const string Staff = """
        {
          "organisations": [{ "code": "rbch", "ods": "RDZ", "name": "Royal Bournemouth and Christchurch Hospitals" }],
          "users": [{ "issuer": "*", "subject": "clinician.rbch", "name": "Hana Begum", "organisation": "rbch", "role": "clinician" }]
        }
        """;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    private static Task MigrateInbox(string owner) => InboxSchema.MigrateAsync(owner);

    private static Task MigrateRecord(string owner) => RecordSchema.MigrateAsync(owner);

    private static Task MigrateAccess(string owner) => AccessSchema.MigrateAsync(owner);

    private sealed class HeldClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Simulator.Development.SignIn;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(OpenHouse))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace DorsetCareRecord.EndToEnd.House;

/// <summary>
/// The whole way from a hospital to a reader, for real: PostgreSQL, migrations, the demo directory, the development sign-in,
/// worker and portal as processes, and a browser. One for all tests of the assembly.
/// </summary>
public sealed class OpenHouse : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dcr-portal-{Guid.NewGuid():n}");
    private SignInHost? _signIn;
    private HostProcess? _host;
    private HostProcess? _worker;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private readonly Dictionary<string, string> _sessions = [];

    public TestDatabase Database { get; private set; } = null!;

    public Told Told { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Port of the worker's listener for System C.</summary>
    public int SystemC { get; private set; }

    /// <summary>The person of <see cref="EdithsRecord"/>.</summary>
    public Guid Edith { get; private set; }

    /// <summary>All the portal wrote to its log.</summary>
    public IReadOnlyList<string> Log => _host?.Said ?? [];

    /// <summary>All the worker wrote to its log.</summary>
    public IReadOnlyList<string> WorkerLog => _worker?.Said ?? [];

    /// <summary>Where the doors take FHIR and extracts.</summary>
    public Uri Door { get; private set; } = null!;

    /// <summary>What the practice's feed signs its requests with.</summary>
    public string GpKey { get; } = Guid.NewGuid().ToString("n");

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Database = await _postgres.CreateDatabaseAsync(MigrateInbox, MigrateRecord, MigrateAccess);
        await using (var directory = File.OpenRead(DemoDirectory.File))
            await DirectoryFile.ImportAsync(Database.Owner, directory, TimeProvider.System);
        Told = new Told(Database);
        await new EdithsRecord(TimeProvider.System.GetUtcNow()).TellAsync(Told);
        await AskAsync(Heard);
        Edith = await Told.PersonOfAsync(SourceCodes.Gp, EdithsRecord.GpNumber);

        Address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var signIn = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        _signIn = await SignInHost.StartAsync(new SignInOptions { Address = signIn, Portals = [Address], KeyFolder = _folder });
        _host = await HostProcess.StartAsync("DorsetCareRecord.Portal", new Uri(Address, "/health/ready"),
            ("DCR_PORTAL_DATABASE", Database.Portal), ("DCR_PORTAL_URL", Address.ToString()), ("DCR_OIDC_AUTHORITY", signIn.ToString()),
            ("DCR_LIMITS", "1000"));

        SystemC = FreePort.Find();
        Door = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        _worker = await HostProcess.StartAsync("DorsetCareRecord.Worker", new Uri(Door, "/health/ready"),
            ("DCR_WORKER_DATABASE", Database.Worker), ("DCR_DOOR_URL", Door.ToString()), ("DCR_DOOR_KEY_GP", GpKey),
            ("DCR_MLLP_SYSTEMC", $"{SystemC}"), ("DCR_MLLP_CAMIS", $"{FreePort.Find()}"), ("DCR_MLLP_CARECENTRIC", $"{FreePort.Find()}"),
            ("DCR_MLLP_CARECENTRIC_RBCH", $"{FreePort.Find()}"),
            ("DCR_DROP", Path.Combine(_folder, "drop")));

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("DCR_CHROMIUM") is { Length: > 0 } path ? path
                : Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--font-render-hinting=none"],
        });
    }

    /// <summary>
    /// The record is told past the doors, so the inbox would have heard nobody: one message of no concern from each source that is on
    /// air, as old as its lateness wants. Bournemouth and its council are not connected, Poole is late at any hour these tests are run.
    /// </summary>
    private const string Heard = """
        with heard as (
          insert into inbox.message (received_at, source, format, digest, lane, body)
          select greatest(now() - ago, date_trunc('month', now())), source, 'hl7v2', sha256(convert_to(source, 'UTF8')), 0, ''
          from (values ('systemc', interval '1 minute'), ('gp', interval '9 hours'), ('socialcare-dcc', interval '12 hours'), ('carecentric', interval '3 hours')) as source (source, ago)
          returning id, received_at, source)
        insert into inbox.settled (message_id, received_at, source, outcome, facts, adapter_version, settled_at)
        select id, received_at, source, 'no-concern', 0, 1, received_at from heard;
        insert into inbox.expectation select 'carecentric', hour, 1, '1 hour', '2 days', 1, now() from generate_series(0, 167) as hour
        """;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        foreach (var host in (HostProcess?[])[_host, _worker])
        {
            if (host is not null)
                await host.DisposeAsync();
        }

        if (_signIn is not null)
            await _signIn.DisposeAsync();
        await _postgres.DisposeAsync();
        if (System.IO.Directory.Exists(_folder))
            System.IO.Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser of its own, 1280 by 800, nobody signed in.</summary>
    public Task<Visitor> VisitAsync(bool script = true, int width = 1280, int height = 800) => BrowseAsync(null, script, width, height);

    /// <summary>
    /// A browser in which a demo user is signed in and stands on the first page. A session is begun once and shared by the tests, as signing
    /// in takes longer than most of them; what is told of a session (a reason given, a sign-out) wants one of its own.
    /// </summary>
    public async Task<Visitor> SignInAsync(string user, bool script = true, int width = 1280, int height = 800, bool anew = false)
    {
        var visitor = await BrowseAsync(anew ? null : _sessions.GetValueOrDefault(user), script, width, height);
        if (!await visitor.SignInAsync(user) && !anew)
            _sessions[user] = await visitor.Page.Context.StorageStateAsync();
        return visitor;
    }

    private async Task<Visitor> BrowseAsync(string? session, bool script, int width, int height)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = script,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            StorageState = session,
        });
        return new Visitor(context, await context.NewPageAsync(), Address);
    }

    /// <summary>The pages under a record.</summary>
    public IReadOnlyList<string> Pages { get; } = ["", "medicines", "results", "letters", "encounters", "problems", "people"];

    /// <summary>Address of a page of Edith's record.</summary>
    public Uri Record(string page = "") => new(Address, page.Length == 0 ? $"/record/{Edith}" : $"/record/{Edith}/{page}");

    /// <summary>Follows nothing and keeps nothing.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    public async Task<Guid> LetterAsync(string title) =>
        Guid.Parse(await AskAsync($"select id from record.letter where title = '{title}' limit 1") ?? "");

    /// <summary>Asks the database as its owner.</summary>
    public async Task<string?> AskAsync(string sql)
    {
        await using var connection = await Database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    private static Task MigrateInbox(string owner) => InboxSchema.MigrateAsync(owner);

    private static Task MigrateRecord(string owner) => RecordSchema.MigrateAsync(owner);

    private static Task MigrateAccess(string owner) => AccessSchema.MigrateAsync(owner);
}

using System.Net;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Portal.Hosting;
using DorsetCareRecord.Portal.SignIn.Providers;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Simulator.Development.SignIn;
using DorsetCareRecord.Simulator.Development;
using DorsetCareRecord.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DorsetCareRecord.Portal.Tests;

/// <summary>What a person of the matrix is to the county.</summary>
public enum PersonState
{
    /// <summary>In the care of some organisations, unknown to others.</summary>
    Known,
    OptedOut,
    Restricted,
    Deceased,

    /// <summary>An id that was a person's until a merge.</summary>
    MergedAway,
    Nobody,
}

/// <summary>
/// The portal in this process: its own Kestrel, its own routes, the real database with the demo users of eight organisations. A
/// session is begun as a sign-in begins one; only the provider is left out, whose tests are elsewhere.
/// </summary>
internal sealed class OpenPortal : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private OpenPortal(TestDatabase database, WebApplication app, Uri address) =>
        (_database, App, Address, Told) = (database, app, address, new Told(database));

    internal WebApplication App { get; }

    internal Uri Address { get; }

    internal Told Told { get; }

    internal Dictionary<PersonState, Guid> People { get; } = [];

    /// <summary>A clinic letter, and a report, of the known person.</summary>
    internal Guid Letter { get; private set; }

    internal Guid Report { get; private set; }

    internal static async Task<OpenPortal> BeginAsync(PostgresFixture postgres)
    {
        var database = await postgres.CreateFullDatabaseAsync();
        await using (var directory = File.OpenRead(DemoDirectory.File))
            await DirectoryFile.ImportAsync(database.Owner, directory, TimeProvider.System);
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var app = PortalHost.Build(new Settings
        {
            Database = database.Portal, Listen = address, Providers = [Nobody], Pace = 0,
        });
        await app.StartAsync();
        var portal = new OpenPortal(database, app, address);
        await portal.TellAsync();
        return portal;
    }

    /// <summary>A provider that is never asked.</summary>
    internal static ProviderSettings Nobody { get; } = new()
    {
        Number = 1, Name = "test", Dialect = Dialect.Find("standard")!, Authority = new Uri("http://127.0.0.1:1"), ClientId = "test",
        Strengths = new HashSet<string>(),
    };

    internal async Task<HttpClient> SignInAsync(string user, string? organisation = null)
    {
        var admission = await App.Services.GetRequiredService<Sessions>().BeginAsync(
            new Assertion("https://provider.test", user, null, organisation, null) { AuthenticatedAt = TimeProvider.System.GetUtcNow() }, new Origin("127.0.0.1", "test"), TestContext.Current.CancellationToken);
        var viewer = Assert.IsType<Admission.Admitted>(admission).Viewer;
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var options = App.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var cookie = options.TicketDataFormat.Protect(new AuthenticationTicket(Portal.SignIn.Cookie.Principal(viewer, scheme), scheme));
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{options.Cookie.Name}={cookie}");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task TellAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await new EdithsRecord(now).TellAsync(Told);
        People[PersonState.Known] = await Told.PersonOfAsync(SourceCodes.Gp, EdithsRecord.GpNumber);
        People[PersonState.OptedOut] = await TellOfAsync(Cast.Zoe, person => person);
        People[PersonState.Restricted] = await TellOfAsync(Cast.Thomas, person => person with { Restricted = true, Address = "1 Hidden Close" });
        People[PersonState.Deceased] = await TellOfAsync(Cast.Noor with { DiedOn = new DateOnly(2026, 5, 9) }, person => person);
        People[PersonState.Nobody] = Guid.NewGuid();
        // The same man under two numbers of one hospital, then found to be one: the younger id is nobody's any more.
        await Told.SayAsync(SourceCodes.Camis, "R-one", Told.State(Demographics.Key, Told.Demographics(Cast.Idris) with { NhsNumber = null }, now));
        People[PersonState.MergedAway] = await Told.PersonOfAsync(SourceCodes.Camis, "R-one");
        await AskAsync($"update record.person_link set ended_at = now(), ended_by = 'test', ended_why = 'test' where person_id = '{People[PersonState.MergedAway]}'");
        await AskAsync($"insert into access.opt_out (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '{Cast.Zoe.NhsNumber!.Value.Digits}', '2000-01-01Z', 't', now(), 't')");
        Letter = Guid.Parse((await AskAsync("select id from record.letter where title = 'Heart failure clinic letter'"))!);
        Report = Guid.Parse((await AskAsync("select id from record.report where title = 'CT head'"))!);

        // Known to the hospital, the practice and the council alike, so that only their state tells them apart.
        async Task<Guid> TellOfAsync(CastMember member, Func<Demographics, Demographics> with)
        {
            foreach (var source in (string[])[SourceCodes.SystemC, SourceCodes.CareCentric, SourceCodes.Gp, SourceCodes.SocialCareDorset])
            {
                var person = with(Told.Demographics(member) with { Postcode = member.Postcode, PracticeCode = "J81999" });
                await Told.SayAsync(source, $"{member.HospitalNumber}-{source}", Told.State(Demographics.Key, person, now),
                    Told.State("visit", new Encounter { Kind = EncounterKind.Outpatient, Status = EncounterStatus.Finished, StartAt = ClinicalDate.OfInstant(now.AddDays(-9)) }, now),
                    Told.State("worker", new CareWorker { Name = "TESTER, Ann" }, now));
            }

            return await Told.PersonOfAsync(SourceCodes.SystemC, $"{member.HospitalNumber}-{SourceCodes.SystemC}");
        }
    }

    internal async Task<string?> AskAsync(string sql)
    {
        await using var connection = await _database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}

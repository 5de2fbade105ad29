using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>
/// S33: a person whose every field is a word that stands nowhere else goes through every way in and every way out, failures included. What
/// must not hold patients' words is then searched for them: both hosts' logs, PostgreSQL's, files of a run, notifications, addresses and titles.
/// </summary>
public sealed class CanaryTests(OpenHouse house)
{
    private const string Number = "9990009872";

    /// <summary>What each field says; none is a word of any language or of this code.</summary>
    private static readonly string[] Words =
    [
        "quxfamily", "quxgiven", "quxstreet", "quxtown", "quxkin", "quxallergy", "quxreaction", "quxdiagnosis", "quxtest", "quxvalue", "quxletter", "quxward", "quxdoctor",
        "quxlost", "quxbroken", "quxfhir", "quxsought", "quxreason", "quxproblem", "01632961234", Number, "999 000 9872",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_canary_people_go_through_every_flow_then_no_log_file_notification_address_or_title_holds_a_word_of_theirs()
    {
        var began = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var listener = await ListenAsync();
        var (heard, _) = listener;
        var addresses = new List<string>();

        await FeedAsync();
        await using var reader = await house.SignInAsync("clinician.dch");
        reader.Page.Request += (_, request) => addresses.Add(request.Url);
        var titles = await ReadAsync(reader);
        await FailAsync(reader, titles);

        await house.AskAsync("select pg_notify('record_changed', '')");
        var holds = new List<string>();
        Search("the portal's log", house.Log);
        Search("the worker's log", house.WorkerLog);
        Search("a notification", heard);
        Search("an address", addresses);
        Search("a title", titles);
        foreach (var file in FilesSince(began))
            Search(Path.GetFileName(file), [await ReadAsync(file)]);
        Assert.Equal([], holds);
        // The flows were real: the words are where they belong.
        Assert.NotEqual("0", await house.AskAsync("select count(*) from record.demographics where family_name ilike 'quxfamily'"));
        Assert.NotEqual("0", await house.AskAsync("select count(*) from inbox.parked"));
        Assert.NotEmpty(addresses);

        void Search(string where, IEnumerable<string> texts) => holds.AddRange(
            from text in texts from word in Words where text.Contains(word, StringComparison.OrdinalIgnoreCase) select $"{word} in {where}");
    }

    /// <summary>Understood, parked, refused by the listener and refused by the inbound door.</summary>
    private async Task FeedAsync()
    {
        using var hospital = new Mllp(house.SystemC);
        var at = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        string Header(string type, string id) => $@"MSH|^~\&|MEDWAY|RBD01|DCR|DCR|{at}||{type}|{id}|P|2.4";
        const string who = "PID|1||Q9000001^^^RBD01^HOSP~9990009872^^^NHS^NHS||QUXFAMILY^QUXGIVEN^^^MX||19510607|F|||1 Quxstreet^^Quxtown^^DT1 9ZZ||01632961234";
        Assert.Equal("AA", await hospital.SendAsync(string.Join('\r', Header("ADT^A01", "QUX1"), $"EVN|A01|{at}", who, "NK1|1|QUXKIN^ANN|DAU^Daughter||01632961234",
            $"PV1|1|I|Quxward^^^RBD01||||C1^QUXDOCTOR^ANN|||100||||||||||QV1|||||||||||||||||||||||||{at}", "AL1|1|DA|^Quxallergy|SV|Quxreaction",
            $"DG1|1||^Quxdiagnosis|Quxdiagnosis|{at}|A"), Cancel));
        Assert.Equal("AA", await hospital.SendAsync(string.Join('\r', Header("ORU^R01", "QUX2"), who, "ORC|RE||QUXO",
            $"OBR|1||QUXO|QX^Quxtest^WinPath|||{at}|||||||{at}|||||||||{at}||CHE|F", "OBX|1|ST|QX^Quxtest^WinPath||Quxvalue||||||F"), Cancel));
        Assert.Equal("AA", await hospital.SendAsync(string.Join('\r', Header("MDM^T02", "QUX3"), who, "PV1|1|O",
            $"TXA|1|DS^Quxletter|TX||{at}||{at}||||||QUXD||||Quxletter.txt|AU", "OBX|1|FT|1^Quxletter||Dear Quxdoctor\\.br\\Quxletter||||||F"), Cancel));
        // Nobody's: parked. Nonsense in every place where a parser might quote it: refused or parked.
        await hospital.SendAsync(string.Join('\r', Header("ADT^A01", "QUX4"), "PID|1||||QUXLOST^QUXLOST||QUXLOST|Q", "PV1|QUXLOST|QUXLOST"), Cancel);
        await hospital.SendAsync(string.Join('\r', Header("QUXBROKEN^QUXBROKEN", "QUX5"), "PID|QUXBROKEN", "ZZZ|quxbroken"), Cancel);
        await hospital.SendAsync("PID|1||quxbroken", Cancel);
        await house.AskAsync("select 1");
        await UntilAsync("select count(*) from inbox.waiting", "0");
        using var practice = new HttpClient { BaseAddress = house.Door };
        foreach (var body in (string[])["{\"resourceType\":\"Bundle\",\"quxfhir\":\"quxfhir\"", "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"birthDate\":\"quxfhir\",\"name\":[{\"family\":\"Quxfhir\"}]}}]}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/fhir") { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", house.GpKey);
            using var answer = await practice.SendAsync(request, Cancel);
        }
    }

    /// <summary>Search, every page, paper, file and a reported problem; the titles of all.</summary>
    private static async Task<List<string>> ReadAsync(Visitor reader)
    {
        var titles = new List<string>();
        await reader.FindAsync("quxsought 7 6 1951");
        titles.Add(await reader.Page.TitleAsync());
        await reader.FindAsync("999 000 9872");
        if (reader.Page.Url.Contains("/why", StringComparison.Ordinal))
        {
            await reader.SayWhyAsync();
            await reader.Page.WaitForURLAsync(url => !url.Contains("/why", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        }

        var record = new Uri(reader.Page.Url).AbsolutePath;
        Assert.StartsWith("/record/", record, StringComparison.Ordinal);
        foreach (var page in (string[])["", "/results", "/medicines", "/problems", "/people", "/letters", "/encounters", "/timeline", "/search", "/print", "/keep"])
        {
            var answer = await reader.OpenAsync(record + page);
            Assert.Equal((page, 200), (page, answer.Status));
            Assert.Contains("QUXFAMILY", await reader.Page.ContentAsync(), StringComparison.Ordinal);
            titles.Add(await reader.Page.TitleAsync());
        }

        await reader.OpenAsync(record + "/search");
        await reader.Page.GetByLabel("Words to look for").FillAsync("quxletter");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "found" })).ToBeVisibleAsync();
        titles.Add(await reader.Page.TitleAsync());
        await reader.OpenAsync($"{record}/print?sections=Results&sections=Letters");
        titles.Add(await reader.Page.TitleAsync());
        return titles;
    }

    /// <summary>What goes wrong with a patient's words in hand: addresses that lead nowhere, forms that cannot be read, a broken table.</summary>
    private async Task FailAsync(Visitor reader, List<string> titles)
    {
        var record = await house.AskAsync("select l.person_id from record.person_link l join record.trait t on t.identity_id = l.identity_id where t.nhs_number = '9990009872' and l.ended_at is null limit 1");
        foreach (var path in (string[])[$"/record/{record}/nowhere", $"/record/{Guid.NewGuid()}", $"/record/{record}/letters/{Guid.NewGuid()}"])
        {
            await reader.OpenAsync(path);
            titles.Add(await reader.Page.TitleAsync());
        }

        // A section and a whole page that cannot be made, and a row the database refuses, whose complaint quotes it.
        foreach (var (table, status) in ((string, int)[])[("allergy", 200), ("demographics", 500)])
        {
            await house.AskAsync($"alter table record.{table} rename to away");
            try
            {
                var answer = await reader.OpenAsync($"/record/{record}");
                Assert.Equal((table, status), (table, answer.Status));
                titles.Add(await reader.Page.TitleAsync());
            }
            finally
            {
                await house.AskAsync($"alter table record.away rename to {table}");
            }
        }

        await house.AskAsync("alter table record.allergy add constraint refused check (false) not valid");
        try
        {
            using var hospital = new Mllp(house.SystemC);
            var at = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            await hospital.SendAsync(string.Join('\r', $@"MSH|^~\&|MEDWAY|RBD01|DCR|DCR|{at}||ADT^A31|QUX9|P|2.4", $"EVN|A31|{at}",
                "PID|1||Q9000001^^^RBD01^HOSP~9990009872^^^NHS^NHS||QUXFAMILY^QUXGIVEN^^^MX||19510607|F", "AL1|1|DA|^Quxallergy|MO|Quxreaction", "AL1|2|DA|^Quxallergy two|SV|Quxreaction"), Cancel);
            await UntilAsync("select count(*) from inbox.parked p join inbox.message m on m.id = p.message_id where m.control_id = 'QUX9' and p.reason = 'apply-fault'", "1");
        }
        finally
        {
            await house.AskAsync("alter table record.allergy drop constraint refused");
        }
    }

    private async Task<Listener> ListenAsync()
    {
        var connection = await house.Database.OpenAsync();
        var heard = new List<string>();
        connection.Notification += (_, told) =>
        {
            lock (heard)
                heard.Add($"{told.Channel} {told.Payload}");
        };
        await using (var command = new NpgsqlCommand("listen record_changed; listen inbox_waiting; listen inbox_act", connection))
            await command.ExecuteNonQueryAsync(Cancel);
        return new Listener(heard, connection);
    }

    private sealed record Listener(List<string> Heard, NpgsqlConnection Connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }

    private async Task UntilAsync(string sql, string expected)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 600; tries++, await beat.WaitForNextTickAsync(Cancel))
        {
            if (await house.AskAsync(sql) == expected)
                return;
        }

        Assert.Fail($"never {expected}: {sql}");
    }

    /// <summary>
    /// Temporary files and PostgreSQL's log; its data folder is where the words belong, the browser's profile is not ours. What has no length
    /// may be a pipe that nobody writes to.
    /// </summary>
    private static IEnumerable<string> FilesSince(DateTime began) =>
        ((string[])[Path.GetTempPath(), "/dev/shm"]).Where(Directory.Exists)
            .SelectMany(place => new DirectoryInfo(place).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 3 }))
            .Where(file => file.LastWriteTimeUtc >= began && file.Length is > 0 and < 20_000_000
                && !file.FullName.Contains("/data/", StringComparison.Ordinal) && !file.FullName.Contains("playwright", StringComparison.OrdinalIgnoreCase)
                && !file.FullName.Contains("chromium", StringComparison.OrdinalIgnoreCase) && !file.FullName.Contains("drop", StringComparison.Ordinal))
            .Select(file => file.FullName);

    private static async Task<string> ReadAsync(string file)
    {
        try
        {
            return await File.ReadAllTextAsync(file, Cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // gone meanwhile
        }
    }
}

using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Simulator.County;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.Dialects.SocialCare;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// A council's extract, whole, and then each night damaged in another way. All or nothing: a damaged one is set aside with its reason and takes
/// nobody's service away.
/// </summary>
internal sealed class BrokenExtracts : Fault
{
    private const string Council = "dcc";

    /// <summary>Enough that some of them are this council's, whatever the seed: of 120 there were seeds with nobody.</summary>
    private const int People = 800;

    private readonly List<Finding> _wrong = [];
    private IReadOnlyList<History> _clients = [];

    public override string Code => "F27";

    public override string Name => "half-broken CSV extracts";

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DCR_DOOR_KEY_DCC"] = WorkerProcess.DoorKey };

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) => CountyTraffic.Of(seed, Math.Min(scale.Messages, 2000) / 4);

    public override async Task AfterwardsAsync(Scene scene, CancellationToken cancel)
    {
        var county = new SyntheticCounty(scene.Seed, People, new DateOnly(2026, 11, 20));
        _clients = [.. county.People.Select(county.HistoryOf).Where(h => h.Council?.Council == Council)];
        var whole = Whole(new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero));
        await PostAsync(scene, Zip(whole), cancel);
        await scene.DrainedAsync(cancel);
        var shown = await ShownAsync(scene, cancel);
        if (shown == 0)
            _wrong.Add(new Finding(Code, "the whole extract showed nothing"));

        var night = 0;
        foreach (var (what, zip) in Damaged())
        {
            night++;
            await PostAsync(scene, zip, cancel);
            await scene.DrainedAsync(cancel);
            if (await ShownAsync(scene, cancel) is var now && now != shown)
                _wrong.Add(new Finding(Code, $"an extract with {what} left {now} rows of {shown}"));
        }

        scene.Say($"{night} damaged extracts of {shown} rows");
        await PostAsync(scene, Zip(whole), cancel);
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) =>
    [
        .. _wrong,
        .. !inbox.Any(r => r.Format == Formats.CareExtract && r.Outcome == "applied") ? [new Finding(Code, "no extract was applied")] : Array.Empty<Finding>(),
    ];

    public override bool MayBePoison(InboxRow row) => row.Format == Formats.CareExtract;

    /// <summary>The next nights' extracts: each would be newer, and full, if it were whole.</summary>
    private IEnumerable<(string What, byte[] Zip)> Damaged()
    {
        var night = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);
        foreach (var (what, damage) in Ways)
        {
            var files = Whole(night);
            damage(files);
            yield return (what, Zip(files));
            night = night.AddHours(1);
        }

        var zip = Zip(Whole(night));
        yield return ("its end missing", zip[..(zip.Length / 2)]);
        yield return ("a byte flipped", [.. zip[..(zip.Length / 3)], (byte)(zip[zip.Length / 3] ^ 0x55), .. zip[(zip.Length / 3 + 1)..]]);
    }

    private static readonly (string What, Action<Dictionary<string, byte[]>> Damage)[] Ways =
    [
        ("a file cut short", f => f["service.csv"] = f["service.csv"][..(f["service.csv"].Length / 2)]),
        ("a file of its header only", f => f["service.csv"] = FirstLine(f["service.csv"])),
        ("an empty file", f => f["person.csv"] = []),
        ("a file missing", f => f.Remove("person.csv")),
        ("no manifest", f => f.Remove("manifest.csv")),
        ("a byte order mark", f => f["service.csv"] = [0xEF, 0xBB, 0xBF, .. f["service.csv"]]),
        ("semicolons for commas", f => f["service.csv"] = Replaced(f["service.csv"], ",", ";")),
        ("two columns changed about", f => f["service.csv"] = Replaced(f["service.csv"], "service_id,person_id", "person_id,service_id")),
        ("a manifest of no rows", f => f["manifest.csv"] = FirstLine(f["manifest.csv"])),
        ("a manifest cut short", f => f["manifest.csv"] = f["manifest.csv"][..(f["manifest.csv"].Length / 2)]),
        ("a file replaced after the manifest", f => f["person.csv"] = Replaced(f["person.csv"], "\r\n", "\n")),
        ("quotes that do not close", f => f["person.csv"] = [.. f["person.csv"], .. "\"never,closed\r\n"u8]),
    ];

    private static async Task PostAsync(Scene scene, byte[] zip, CancellationToken cancel)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Worker.Door, $"/extract/{Council}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WorkerProcess.DoorKey);
        using var answer = await client.SendAsync(request, cancel);
        if ((int)answer.StatusCode is not (202 or 400))
            throw new InvalidOperationException($"The door answered {(int)answer.StatusCode}.");
    }

    private static Task<long> ShownAsync(Scene scene, CancellationToken cancel) => scene.CountAsync($"""
        select (select count(*) from record.demographics where source = 'socialcare-{Council}' and not ended)
          + (select count(*) from record.care_service where source = 'socialcare-{Council}' and not ended)
          + (select count(*) from record.care_worker where source = 'socialcare-{Council}' and not ended)
          + (select count(*) from record.contact where source = 'socialcare-{Council}' and not ended)
          + (select count(*) from record.flag where source = 'socialcare-{Council}' and not ended)
        """, cancel);

    private Dictionary<string, byte[]> Whole(DateTimeOffset taken) =>
        CouncilExtract.Of(Council, "FULL", taken, _clients).Files().ToDictionary(f => f.Name, f => f.Bytes);

    private static byte[] Zip(Dictionary<string, byte[]> files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    private static byte[] FirstLine(byte[] file) => file[..(Array.IndexOf(file, (byte)'\n') + 1)];

    private static byte[] Replaced(byte[] file, string text, string by) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace(text, by, StringComparison.Ordinal));
}

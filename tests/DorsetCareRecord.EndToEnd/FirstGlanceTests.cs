using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>What is seen at once, at 1280 by 800 and without scrolling, between two patients.</summary>
public sealed class FirstGlanceTests(OpenHouse house)
{
    private const int MostOverTheWire = 150 * 1024;
    private const int MostPageCompressed = 35 * 1024;

    // A quiet network does not mean that a busy browser has painted yet: the observer is told, also of what was before it.
    private const string FirstPaint = """
        new Promise((seen, missed) => {
          new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(paint => seen(paint.startTime)))
            .observe({ type: 'paint', buffered: true });
          setTimeout(() => missed(new Error('nothing was painted within 30 s')), 30000);
        })
        """;

    private static readonly string[] OfAClinician =
    [
        "HARDWICK, Edith (Mrs)", "999 000 0018", "Known allergies", "Penicillin", "In hospital now: Poole Hospital, ward B3", "DNACPR recorded",
        "Safeguarding: adult enquiry open", "Care plan exists: care and contingency", "apixaban", "ramipril", "Acute kidney injury", "Atrial fibrillation",
        "Potassium", "NT-proBNP", "HARDWICK, Thomas (Mr)", "07700 900142", "SAMPLE, Ruth (Mrs)", "01632 960281", "TESTER, Priya (Ms)", "01632 960550",
    ];

    private static readonly string[] OfASocialWorker =
    [
        "HARDWICK, Edith (Mrs)", "Known allergies", "In hospital now: Poole Hospital, ward B3", "Safeguarding: adult enquiry open", "Home care", "Specimen Home Care", "01632 960417", "On hold",
        "TESTER, Priya (Ms)", "01632 960550", "SAMPLE, Ruth (Mrs)", "health and welfare", "HARDWICK, Thomas (Mr)",
    ];

    [Theory]
    [InlineData("clinician.dch")]
    [InlineData("socialworker.dcc")]
    public async Task When_a_record_is_opened_then_what_its_reader_comes_for_is_on_the_first_screen(string user)
    {
        await using var visitor = await house.SignInAsync(user);
        await visitor.OpenAsync(house.Record().PathAndQuery);

        var missing = new List<string>();
        foreach (var words in user.StartsWith("social", StringComparison.Ordinal) ? OfASocialWorker : OfAClinician)
        {
            if (!await IsOnScreenAsync(visitor.Page.GetByText(words).First, 1280, 800))
                missing.Add(words);
        }

        await visitor.PhotographAsync(user.StartsWith("social", StringComparison.Ordinal) ? "summary-socialworker" : "summary");
        Assert.Equal([], missing);
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(400, 800)]
    [InlineData(900, 420)]
    public async Task When_the_page_is_scrolled_to_its_end_then_name_and_grave_allergy_are_still_seen(int width, int height)
    {
        await using var visitor = await house.SignInAsync("clinician.dch", width: width, height: height);
        await visitor.OpenAsync(house.Record().PathAndQuery);

        await visitor.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeInViewportAsync();
        var allergy = visitor.Page.Locator(".dcr-allergy").GetByText("Penicillin");
        await Expect(allergy).ToBeInViewportAsync();
        await Expect(visitor.Page.GetByText("Known allergies", new() { Exact = true }).First).ToBeInViewportAsync();
        Assert.True(await IsUncoveredAsync(allergy), "the allergy is covered");
        if (height < 500)
            await visitor.PhotographAsync("summary-short");
    }

    [Fact]
    public async Task When_a_summary_is_opened_by_a_cold_and_slow_browser_then_its_weight_holds_and_its_first_paint_is_recorded()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery); // the server is warm, as on any working day
        var devtools = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        var received = 0L;
        var paints = new List<double>();
        devtools.Event("Network.loadingFinished").OnEvent += (_, sent) => received += (long)sent!.Value.GetProperty("encodedDataLength").GetDouble();

        for (var i = 0; i < 5; i++)
        {
            received = 0;
            await visitor.Page.GotoAsync(house.Record().PathAndQuery, new() { WaitUntil = WaitUntilState.NetworkIdle });
            paints.Add(await visitor.Page.EvaluateAsync<double>(FirstPaint));
        }

        paints.Sort();
        var wire = received;
        var page = Compressed(await visitor.Page.EvaluateAsync<string>("fetch(location.href).then(answer => answer.text())"));
        await RecordAsync("summary", paints[2], wire, page);
        Assert.True(wire < MostOverTheWire, $"{wire} bytes came over the wire");
        Assert.True(page < MostPageCompressed, $"the page alone has {page} bytes compressed");
    }

    [Fact]
    public async Task When_a_page_names_its_styles_and_scripts_then_they_come_small_and_browsers_may_keep_them()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        var kept = new List<string>();
        visitor.Page.Response += (_, answer) =>
        {
            if (answer.Request.ResourceType is "stylesheet" or "script")
                kept.Add($"{answer.Headers.GetValueOrDefault("cache-control")} {answer.Headers.GetValueOrDefault("content-encoding")} {new Uri(answer.Url).AbsolutePath}");
        };

        var page = await visitor.OpenAsync(house.Record().PathAndQuery);

        Assert.Contains("no-store", page.Headers["cache-control"], StringComparison.Ordinal);
        Assert.All(kept.Where(one => one.Contains(".css", StringComparison.Ordinal)), one => Assert.Matches("immutable.* gzip /", one));
        Assert.NotEmpty(kept);
        Assert.DoesNotContain(kept, one => one.Contains("no-store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_an_nhs_number_is_found_then_the_record_is_open_after_one_action()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.Page.GetByLabel("Find a person", new() { Exact = true }).FillAsync("9990000018");

        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page).ToHaveURLAsync(house.Record().ToString());
    }

    private static long Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return bytes.Length;
    }

    /// <summary>A figure, not a verdict: the machine that runs the tests may be doing much else.</summary>
    private static async Task RecordAsync(string name, double paint, long received, long page)
    {
        TestContext.Current.SendDiagnosticMessage(
            string.Create(CultureInfo.InvariantCulture, $"{name}: first contentful paint {paint:0} ms (median of 5, nothing cached) with a CPU four times slowed, {received / 1024} kB over the wire, page {page / 1024} kB compressed"));
        var folder = Directory.CreateDirectory(Path.Combine(HostProcess.Root, "artifacts", "figures"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.json"), JsonSerializer.Serialize(new { name, first_paint_ms = Math.Round(paint), wire_bytes = received, page_compressed_bytes = page }));
    }

    private static async Task<bool> IsOnScreenAsync(ILocator words, int width, int height)
    {
        var box = await words.BoundingBoxAsync();
        const int lane = 36;
        return box is { X: >= 0, Y: >= 0 } && box.X + box.Width <= width && box.Y + box.Height <= height - lane && await IsUncoveredAsync(words);
    }

    private static Task<bool> IsUncoveredAsync(ILocator words) => words.EvaluateAsync<bool>("""
        element => {
          const box = element.getClientRects()[0];
          const top = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
          return element === top || element.contains(top) || top.contains(element);
        }
        """);
}

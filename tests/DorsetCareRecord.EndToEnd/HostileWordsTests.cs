using System.Text;
using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;

namespace DorsetCareRecord.EndToEnd;

/// <summary>
/// S10: nothing a feed says runs. Every field of every kind of item, forty times over with the five hundred in turn, and letters that hold all
/// of them, on every page of a record, in a real browser.
/// </summary>
public sealed class HostileWordsTests(OpenHouse house)
{
    private const int Times = 40;

    /// <summary>What no page of ours has: something that acts, fetches, or came in with words. A letter's frame is ours.</summary>
    private const string Foreign = """
        [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))
          || e.matches('script:not([src^="/js/"]), style, base, object, embed, math, marquee, video, audio, noscript, template, iframe:not(.dcr-frame), img[src="x"], [srcdoc]:not(.dcr-frame), meta[http-equiv]')
          || ['href', 'src', 'action', 'formaction'].some(n => /^\s*(javascript|data):/i.test(e.getAttribute(n) ?? ''))
          || /127\.0\.0\.1:1\//.test(e.getAttribute('href') ?? e.getAttribute('src') ?? '')).map(e => e.outerHTML.slice(0, 200))
        """;

    [Fact]
    public async Task S10_When_every_field_holds_words_that_want_to_run_then_on_no_page_anything_does()
    {
        var now = TimeProvider.System.GetUtcNow();
        var words = 0;
        var facts = new List<Record.Facts.Fact>();
        for (var i = 0; i < Times; i++)
            facts.AddRange(HostileWords.Items(() => HostileWords.All[words++ % HostileWords.All.Count], now.AddMinutes(-i)).Where(item => item is not Demographics || i == 0)
                .Select(item => Told.State(item is Demographics ? Demographics.Key : $"{item.GetType().Name}-{i}", item, now)));
        string[] types = ["text/html", "text/plain", "text/rtf", "application/xml", "image/svg+xml"];
        facts.AddRange(types.Select(type => Told.State($"letter-{type}", Papers.Letter(LetterKind.Clinic, HostileWords.All[words++ % HostileWords.All.Count], type,
            Encoding.UTF8.GetBytes($"{type}\n{string.Join('\n', HostileWords.All)}")), now)));
        await house.Told.SayAsync(SourceCodes.SystemC, "D-hostile", facts);
        var record = $"/record/{await house.Told.PersonOfAsync(SourceCodes.SystemC, "D-hostile")}";
        await using var visitor = await house.SignInAsync("clinician.dch");
        var page = visitor.Page;
        var ran = 0;
        await page.ExposeFunctionAsync("dcrRan", () => { ran++; });
        page.Dialog += async (_, dialog) => { ran++; await dialog.DismissAsync(); };
        var foreign = new List<string>();
        await visitor.EnterAsync(record);
        var letters = await house.AskAsync($"select string_agg(l.id::text, ' ') from record.letter l join record.person_link p on p.identity_id = l.identity_id where p.person_id = '{record[8..]}' and p.ended_at is null");

        foreach (var path in (string[])[.. house.Pages, "timeline", "print", .. letters!.Split(' ').Select(letter => $"letters/{letter}")])
        {
            var status = (await visitor.OpenAsync($"{record}/{path}".TrimEnd('/'))).Status;
            Assert.True(status == 200, $"{path}: {status}");
            foreign.AddRange((await page.EvaluateAsync<string[]>(Foreign)).Select(found => $"{path}: {found}"));
            foreach (var frame in page.Frames.Skip(1))
                foreign.AddRange((await frame.EvaluateAsync<string[]>(Foreign.Replace(", meta[http-equiv]", "", StringComparison.Ordinal))).Select(found => $"{path}, in a letter: {found}"));
        }

        Assert.True(words >= HostileWords.All.Count, $"only {words} of {HostileWords.All.Count} were said");
        Assert.Equal(0, ran);
        Assert.Equal([], foreign);
        Assert.Equal([], visitor.Complaints);
    }
}

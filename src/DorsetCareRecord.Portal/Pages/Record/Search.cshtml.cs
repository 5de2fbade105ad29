using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Letters;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>
/// Looks for words inside one record: in every item this viewer may see, and in the words of its letters and reports. The words
/// go by form, wait in a protected cookie, and are kept in the audit alone.
/// </summary>
internal sealed class SearchModel(Door door, FeedClock feeds, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    private const string WordsKey = "inside";

    /// <summary>Most hits on a page.</summary>
    public const int Most = 200;

    public string? Words { get; private set; }

    public InsideSearch? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid person, string? found, CancellationToken cancel)
    {
        Words = found is null ? null : KeptWords(WordsKey, person);
        if (!await OpenAsync(person, Words is null ? Errand.Encounters : Errand.SearchInside(Words), cancel))
            return NotFound();
        if (Words is not null)
            Found = InsideSearch.For(View, await TextsAsync(cancel), Words);
        return Page();
    }

    public IActionResult OnPost(Guid person, [FromForm] Guid of, [FromForm] string? words)
    {
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        KeepWords(WordsKey, person, words);
        var at = Request.Query["at"].ToString();
        return Redirect($"/record/{person}/search{(string.IsNullOrWhiteSpace(words) ? "?" : "?found=1&")}{(at.Length == 0 ? "" : $"at={Uri.EscapeDataString(at)}")}".TrimEnd('?', '&'));
    }

    /// <summary>Where a hit's own page is.</summary>
    public string LinkOf(AnyEntry entry) => entry.Item switch
    {
        Letter => Link($"letters/{entry.Id}"),
        Report => Link($"report/{entry.Id}"),
        Result => Link("results"),
        Medicine => Link("medicines"),
        Encounter => Link("encounters"),
        _ => Link(),
    };

    private async Task<Dictionary<Guid, string?>> TextsAsync(CancellationToken cancel)
    {
        var texts = (await Lens.ReadReportTextsAsync(cancel)).ToDictionary(text => text.Key, text => (string?)text.Value);
        await foreach (var (entry, file) in Lens.ReadFilesAsync(cancel))
            texts[entry] = LetterText.PlainWords(LetterText.Of(file));
        return texts;
    }
}

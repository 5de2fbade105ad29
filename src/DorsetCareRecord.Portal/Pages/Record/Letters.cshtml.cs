using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Letters;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>The list of letters, and the chosen one beside it: opened only when chosen, and then noted by itself.</summary>
internal sealed class LettersModel(Door door, FeedClock feeds, ReadLetters reading, TimeProvider clock) : RecordPage(door, feeds, clock)
{
    private const string WordsKey = "letters";

    public LetterList List { get; private set; } = null!;

    /// <summary>What the list is filtered by, as typed.</summary>
    public string? Words { get; private set; }

    [BindProperty(SupportsGet = true, Name = "by")]
    public LetterGrouping Grouping { get; set; }

    [BindProperty(SupportsGet = true, Name = "show")]
    public LetterPeriod Period { get; set; }

    public ListedLetter? Chosen { get; private set; }

    public LetterBody? Body { get; private set; }

    public LetterOwner Owner { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid person, Guid? entry, string? filter, CancellationToken cancel)
    {
        if (!await OpenAsync(person, entry is { } id ? Errand.Letter(id) : Errand.Letters, cancel))
            return NotFound();
        if (filter is not null)
            Words = KeptWords(WordsKey, person);
        var viewer = HttpContext.Viewer();
        if (entry is not null)
        {
            if (View.Letters.Entries.FirstOrDefault(letter => letter.Id == entry) is not { } letter)
                return NotFound();
            await ReadAsync(letter, cancel);
            if (!IsRefresh && Then is null)
                await reading.MarkAsync(viewer, View, [letter], cancel);
        }

        var read = await reading.OfAsync(viewer, View, cancel);
        List = LetterList.Of(View.Letters, read, Grouping, Period, Words, Now);
        Chosen = entry is null ? null
            : LetterList.Of(View.Letters, read, LetterGrouping.Date, LetterPeriod.All, null, Now).Groups.SelectMany(group => group.Letters)
                .First(letter => letter.Entry.Id == entry);
        return Page();
    }

    /// <summary>Words of a patient do not belong in an address: they wait in a protected cookie, with whose letters they are for.</summary>
    public IActionResult OnPostFilter(Guid person, [FromForm] Guid of, [FromForm] string? words)
    {
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        KeepWords(WordsKey, person, words);
        var query = Query(isFiltered: !string.IsNullOrWhiteSpace(words));
        var at = Request.Query["at"].ToString();
        return Redirect($"/record/{person}/letters{query}{(at.Length == 0 ? "" : $"{(query.Length == 0 ? '?' : '&')}at={Uri.EscapeDataString(at)}")}");
    }

    public async Task<IActionResult> OnPostReadAsync(Guid person, [FromForm] Guid of, CancellationToken cancel)
    {
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        if (!await OpenAsync(person, Errand.Letters, cancel))
            return NotFound();
        await reading.MarkAsync(HttpContext.Viewer(), View, View.Letters.Entries.ToList(), cancel);
        return Redirect($"/record/{person}/letters{Query(isFiltered: false)}");
    }

    /// <summary>The list's own choices, for a link that keeps them.</summary>
    public string Query(LetterGrouping? by = null, LetterPeriod? show = null, bool? isFiltered = null)
    {
        var parts = new List<string>();
        if ((by ?? Grouping) is var grouping && grouping != LetterGrouping.Type)
            parts.Add($"by={grouping}");
        if ((show ?? Period) is var period && period != LetterPeriod.All)
            parts.Add($"show={period}");
        if (isFiltered ?? Words is not null)
            parts.Add("filter=1");
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    /// <summary>Where a form of the list goes.</summary>
    public string Action(string handler) =>
        Link("letters" + Query(isFiltered: false)) is var link && link.Contains('?', StringComparison.Ordinal) ? $"{link}&handler={handler}" : $"{link}?handler={handler}";

    /// <summary>The next letter down the list from the chosen one.</summary>
    public ListedLetter? Next =>
        List.Groups.SelectMany(group => group.Letters).SkipWhile(letter => letter.Entry.Id != Chosen?.Entry.Id).Skip(1).FirstOrDefault();

    private async Task ReadAsync(Entry<Letter> letter, CancellationToken cancel)
    {
        Body = LetterText.Of(await Lens.ReadFileAsync(cancel));
        Owner = Body is LetterBody.Altered ? LetterOwner.AlteredFile : LetterOwners.Of(LetterText.PlainWords(Body), View.Who.NhsNumber);
    }
}

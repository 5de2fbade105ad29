using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Portal.Letters;
using DorsetCareRecord.Portal.Live;
using DorsetCareRecord.Portal.Paper;
using DorsetCareRecord.Portal.SignIn;
using DorsetCareRecord.Record.Sections;
using Microsoft.AspNetCore.Mvc;

namespace DorsetCareRecord.Portal.Pages.Record;

/// <summary>
/// What is to be put on paper or into a file is chosen here; each is an act of its own, noted before its first byte. What the
/// lens does not let through is on neither, and the paper says so.
/// </summary>
internal sealed class PrintModel(Door door, FeedClock feeds, TimeProvider clock, IWebHostEnvironment site) : RecordPage(door, feeds, clock)
{
    /// <summary>The sections a reader can choose, in the order of the paper.</summary>
    public IReadOnlyList<Section> Choices { get; private set; } = [];

    /// <summary>Null while choosing; else what is on the paper.</summary>
    public IReadOnlyList<Section>? Chosen { get; private set; }

    /// <summary>The one letter that is to be printed, with its words.</summary>
    public (Entry<Letter> Entry, LetterBody Body)? Letter { get; private set; }

    /// <summary>The paper is a file that leaves the record, so its stylesheet goes inside.</summary>
    public string? Style { get; private set; }

    /// <summary>A form came without any section: said on the page that asks for them.</summary>
    public bool IsNoneChosen { get; private set; }

    public bool IsPaper => Chosen is not null || Letter is not null;

    public async Task<IActionResult> OnGetAsync(Guid person, Section[] sections, Guid? letter, CancellationToken cancel)
    {
        if (letter is { } id)
            return await OpenAsync(person, Errand.PrintLetter(id), cancel) && await ReadLetterAsync(id, cancel) ? Page() : NotFound();
        var wanted = Ordered(sections);
        if (!await OpenAsync(person, wanted.Count == 0 ? Errand.Encounters : Errand.Print(wanted), cancel))
            return NotFound();
        Chosen = wanted.Count == 0 ? null : wanted;
        Choices = PaperSection.Order;
        IsNoneChosen = Request.Query.ContainsKey("none");
        return Page();
    }

    /// <summary>To the paper, which has an address of its own so that it can be loaded again.</summary>
    public IActionResult OnPostPaper(Guid person, [FromForm] Guid of, [FromForm] Section[] sections)
    {
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        return Redirect(PaperOf(person, Ordered(sections)));
    }

    /// <summary>Of no section it is the page that asks for them, which says so.</summary>
    private string PaperOf(Guid person, List<Section> sections)
    {
        var query = string.Join('&', (sections.Count == 0 ? ["none=true"] : sections.Select(section => $"sections={section}"))
            .Concat(Request.Query["at"].Where(at => at is not null).Select(at => $"at={Uri.EscapeDataString(at!)}")));
        return $"/record/{person}/print?{query}";
    }

    /// <summary>The same paper as one file, complete in itself.</summary>
    public async Task<IActionResult> OnPostFileAsync(Guid person, [FromForm] Guid of, [FromForm] Section[] sections, CancellationToken cancel)
    {
        var wanted = Ordered(sections);
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        if (wanted.Count == 0)
            return Redirect(PaperOf(person, wanted));
        if (!await OpenAsync(person, Errand.Export(wanted), cancel))
            return NotFound();
        Chosen = wanted;
        Style = await System.IO.File.ReadAllTextAsync(site.WebRootFileProvider.GetFileInfo("css/paper.css").PhysicalPath
            ?? throw new InvalidOperationException("The stylesheet of paper is missing."), cancel);
        Response.Headers.ContentDisposition = $"attachment; filename=\"{FileName("html")}\"";
        return Page();
    }

    /// <summary>Results for a spreadsheet.</summary>
    public async Task<IActionResult> OnPostCsvAsync(Guid person, [FromForm] Guid of, CancellationToken cancel)
    {
        if (of != person)
            return StatusCode(StatusCodes.Status409Conflict);
        if (!await OpenAsync(person, Errand.Export([Section.Results]), cancel) || !View.Results.IsRead)
            return NotFound();
        return File(ResultsCsv.Of(View, HttpContext.Viewer(), ShownAt), "text/csv; charset=utf-8", FileName("csv"));
    }

    public IReadOnlyList<PaperSection> Paper => PaperSection.Of(View, Chosen ?? []);

    /// <summary>Nothing of the person: file names travel further than files.</summary>
    private string FileName(string ending) => $"record-{Access.Showing.Dates.Local(ShownAt):yyyy-MM-dd-HHmm}.{ending}";

    private async Task<bool> ReadLetterAsync(Guid id, CancellationToken cancel)
    {
        if (View.Letters.Entries.FirstOrDefault(letter => letter.Id == id) is not { } found)
            return false;
        Letter = (found, LetterText.Of(await Lens.ReadFileAsync(cancel)));
        return true;
    }

    private static List<Section> Ordered(Section[] sections) => [.. PaperSection.Order.Where(sections.Contains)];
}
